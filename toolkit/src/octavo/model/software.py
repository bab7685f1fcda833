"""Software: programs and libraries."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, ClassVar

from octavo.model.fields import Example, Export, Role
from octavo.model.kinds import Date, InlineMarkdown, Line
from octavo.model.links import Links
from octavo.model.row import Row, Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Software(Row):
    """A program."""

    table: ClassVar = Table("software", json_resume_type="application")

    title: Annotated[Line, Role.TITLE, Example("rings")]
    """The name of the program."""
    text: InlineMarkdown | None = None
    """What it does."""
    date: Date | None = None
    """When it was released, or from when to when."""
    links: Links = field(default_factory=dict)
    """Addresses by role."""
    language: Annotated[Line | None, Role.DETAIL, Example("Python"), Export(json_resume="keywords")] = None
    """The language that it is written in."""
