"""Experience: positions."""

from dataclasses import field
from typing import Annotated

from octavo.model.fields import Export, Role
from octavo.model.kinds import Date, InlineMarkdown, Line, ProperName
from octavo.model.links import Links
from octavo.model.row import Row, Table, declare


@declare(Table("experience", resume="work"))
class Experience(Row):
    """A position."""

    organization: Annotated[ProperName, Role.HEAD, "Universität Göttingen", Export(resume="name", rendercv="company")]
    """The employer."""
    position: Annotated[Line, Role.DETAIL, "Privatdozentin", Export(resume="position", rendercv="position")]
    """What you are there, or were."""
    unit: Annotated[
        Line | None, Role.DETAIL, "Mathematisches Institut", Export(resume="position", rendercv="position")
    ] = None
    """The group, team or department."""
    date: Date | None = None
    location: Annotated[ProperName | None, Role.PLACE, "Göttingen"] = None
    """City and country."""
    text: InlineMarkdown | None = None
    """What you did."""
    links: Links = field(default_factory=dict)
