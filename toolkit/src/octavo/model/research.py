"""Research: the lines of research, or projects."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, ClassVar

from octavo.model.fields import Example, Role
from octavo.model.kinds import Id, InlineMarkdown, Line
from octavo.model.links import Links
from octavo.model.row import Row, Table
from octavo.model.vocabulary import Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Research(Row):
    """A line of research."""

    table: ClassVar = Table("research", json_resume_type="research")

    title: Annotated[Line, Role.TITLE, Example("Noncommutative algebra")]
    """What the project is called."""
    text: InlineMarkdown | None = None
    """What it is about."""
    status: Annotated[Status | None, Role.STATUS, Example("under submission")] = None
    """Where its paper stands."""
    links: Links = field(default_factory=dict)
    """Addresses by role."""
    publication: Id | None = None
    """The id of the publication that came of it."""
