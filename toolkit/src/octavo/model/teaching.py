"""Teaching: courses."""

from dataclasses import field
from typing import Annotated

from octavo.model.fields import Export, Role
from octavo.model.kinds import Date, InlineMarkdown, Line, ProperName, Title
from octavo.model.links import Links
from octavo.model.row import Row, Table, declare


@declare(Table("teaching", merged=True, resume_type="teaching"))
class Teaching(Row):
    """A course."""

    title: Annotated[Title, "Invariant theory"]
    """The title of the course."""
    role: Annotated[Line | None, Role.DETAIL, "Lecturer", Export(resume="roles")] = None
    """What you were in it."""
    institution: Annotated[ProperName | None, Role.DETAIL, "Göttingen", Export(resume="entity")] = None
    """The university or school."""
    date: Date | None = None
    """When it took place."""
    text: InlineMarkdown | None = None
    """What it was about."""
    links: Links = field(default_factory=dict)
