"""Talks: lectures, keynotes and seminars."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, ClassVar

from octavo.model.fields import Example, Export, Role
from octavo.model.kinds import Date, Id, InlineMarkdown, Line
from octavo.model.links import Links
from octavo.model.row import Row, Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk(Row):
    """A talk that was given."""

    table: ClassVar = Table("talks", newest_first=True, json_resume_type="talk")

    title: Annotated[Line, Role.TITLE, Example("Hyperkomplexe Systeme")]
    """As it was announced."""
    event: Annotated[
        Line | None, Role.DETAIL, Example("International Congress of Mathematicians"), Export(json_resume="entity")
    ] = None
    """The conference or seminar."""
    date: Date | None = None
    """When it was given."""
    location: Annotated[Line | None, Role.PLACE, Example("Zürich")] = None
    """City and country."""
    text: InlineMarkdown | None = None
    """Anything else, such as who invited you."""
    links: Links = field(default_factory=dict)
    """Addresses by role."""
    publication: Id | None = None
    """The id of the publication that it is about."""
