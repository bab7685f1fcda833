"""Talks: lectures, keynotes and seminars."""

from dataclasses import field
from typing import Annotated

from octavo.model.fields import Export, Role
from octavo.model.kinds import Date, InlineMarkdown, Line, ProperName, PublicationId, Title
from octavo.model.links import Links
from octavo.model.row import Row, Table, declare


@declare(Table("talks", newest_first=True, resume_type="talk"))
class Talk(Row):
    """A talk that was given."""

    title: Annotated[Title, "Hyperkomplexe Systeme"]
    """As it was announced."""
    event: Annotated[Line | None, Role.DETAIL, "International Congress of Mathematicians", Export(resume="entity")] = (
        None
    )
    """The conference or seminar."""
    date: Date | None = None
    """When it was given."""
    location: Annotated[ProperName | None, Role.PLACE, "Zürich"] = None
    """City and country."""
    text: InlineMarkdown | None = None
    """Anything else, such as who invited you."""
    links: Links = field(default_factory=dict)
    publication: PublicationId | None = None
    """The id of the publication that it is about."""
