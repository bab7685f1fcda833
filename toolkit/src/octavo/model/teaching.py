"""Teaching: courses."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, ClassVar

from octavo.model.fields import Example, Export, Role
from octavo.model.kinds import Date, InlineMarkdown, Line
from octavo.model.links import Links
from octavo.model.row import Row, Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Teaching(Row):
    """A course."""

    table: ClassVar = Table("teaching", json_resume_type="teaching")

    title: Annotated[Line, Role.TITLE, Example("Invariant theory")]
    """The title of the course."""
    role: Annotated[Line | None, Role.DETAIL, Example("Lecturer"), Export(json_resume="roles")] = None
    """What you were in it."""
    institution: Annotated[Line | None, Role.DETAIL, Example("Göttingen"), Export(json_resume="entity")] = None
    """The university or school."""
    date: Date | None = None
    """When it took place."""
    text: InlineMarkdown | None = None
    """What it was about."""
    links: Links = field(default_factory=dict)
    """Addresses by role."""
