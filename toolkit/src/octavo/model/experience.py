"""Experience: positions."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, ClassVar

from octavo.model.fields import Example, Export, Role
from octavo.model.kinds import Date, InlineMarkdown, Line
from octavo.model.links import Links
from octavo.model.row import Row, Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Experience(Row):
    """A position."""

    table: ClassVar = Table("experience", json_resume="work")

    organization: Annotated[
        Line, Role.HEAD, Example("Universität Göttingen"), Export(json_resume="name", rendercv="company")
    ]
    """The employer."""
    position: Annotated[
        Line, Role.DETAIL, Example("Privatdozentin"), Export(json_resume="position", rendercv="position")
    ]
    """What you are there, or were."""
    unit: Annotated[
        Line | None,
        Role.DETAIL,
        Example("Mathematisches Institut"),
        Export(json_resume="position", rendercv="position"),
    ] = None
    """The group, team or department."""
    date: Date | None = None
    """From when to when."""
    location: Annotated[Line | None, Role.PLACE, Example("Göttingen")] = None
    """City and country."""
    text: InlineMarkdown | None = None
    """What you did."""
    links: Links = field(default_factory=dict)
    """Addresses by role."""
