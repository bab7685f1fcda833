"""Service: work for the community."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, ClassVar

from octavo.model.fields import Example, Export, Role
from octavo.model.kinds import Date, InlineMarkdown, Line
from octavo.model.links import Links
from octavo.model.row import Row, Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Service(Row):
    """Work for the community."""

    table: ClassVar = Table("service", compact=True, json_resume="volunteer")

    role: Annotated[Line, Role.HEAD, Example("Editor"), Export(json_resume="position")]
    """What you do, such as reviewing."""
    organization: Annotated[
        Line | None, Role.DETAIL, Example("Mathematische Annalen"), Export(json_resume="organization")
    ] = None
    """For whom: a conference, a journal, a university."""
    date: Date | None = None
    """When, or from when to when."""
    text: InlineMarkdown | None = None
    """Anything else."""
    links: Links = field(default_factory=dict)
    """Addresses by role."""
