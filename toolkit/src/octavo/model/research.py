"""Research: the lines of research, or projects."""

from dataclasses import field
from typing import Annotated

from octavo.model.fields import Role
from octavo.model.kinds import InlineMarkdown, PublicationId, Title
from octavo.model.links import Links
from octavo.model.row import PicturedRow, Table, declare
from octavo.model.vocabulary import Status


@declare(Table("research", resume_type="research"))
class Research(PicturedRow):
    """A line of research."""

    title: Annotated[Title, "Noncommutative algebra"]
    """What the project is called."""
    text: InlineMarkdown | None = None
    """What it is about."""
    status: Annotated[Status | None, Role.STATUS, "under submission"] = None
    """Where its paper stands."""
    links: Links = field(default_factory=dict)
    publication: PublicationId | None = None
    """The id of the publication that came of it."""
