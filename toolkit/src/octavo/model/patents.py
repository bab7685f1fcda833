"""Patents: inventions, applied for or granted."""

from dataclasses import field
from typing import Annotated, Literal

from octavo.model.fields import Export, Role
from octavo.model.kinds import Date, FixedLine, ProperName, Title
from octavo.model.links import Links
from octavo.model.people import People
from octavo.model.row import Row, Table, declare

PatentStatus = Literal["filed", "pending", "granted", "expired", "abandoned"]


@declare(Table("patents", newest_first=True, resume_type="patent"))
class Patent(Row):
    """A patent, applied for or granted."""

    title: Annotated[Title, "Method for computing invariants"]
    """As the office has it."""
    inventors: People = ()
    """In the patent's order: E. Noether, or Noether, E., or by parts."""
    number: Annotated[FixedLine | None, Role.DETAIL, "US 1,234,567"] = None
    """The number of the application or of the patent."""
    office: Annotated[ProperName | None, Role.DETAIL, "USPTO", Export(resume="entity")] = None
    """The patent office."""
    date: Date | None = None
    """When it was filed or granted."""
    status: Annotated[PatentStatus | None, Role.STATUS, "granted"] = None
    """Where it stands."""
    links: Links = field(default_factory=dict)
