"""Service: work for the community."""

from dataclasses import field
from typing import Annotated

from octavo.model.fields import Export, Role
from octavo.model.kinds import Date, InlineMarkdown, Line, ProperName
from octavo.model.links import Links
from octavo.model.row import Row, Table, declare


@declare(Table("service", compact=True, merged=True, resume="volunteer"))
class Service(Row):
    """Work for the community."""

    role: Annotated[Line, Role.HEAD, "Editor", Export(resume="position")]
    """What you do, such as reviewing."""
    organization: Annotated[ProperName | None, Role.DETAIL, "Mathematische Annalen", Export(resume="organization")] = (
        None
    )
    """For whom: a conference, a journal, a university."""
    date: Date | None = None
    """When, or from when to when."""
    text: InlineMarkdown | None = None
    """Anything else."""
    links: Links = field(default_factory=dict)
