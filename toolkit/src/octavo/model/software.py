"""Software: programs and libraries."""

from dataclasses import field
from typing import Annotated

from octavo.model.fields import Export, Role
from octavo.model.kinds import Date, FixedLine, InlineMarkdown, Title
from octavo.model.links import Links
from octavo.model.row import PicturedRow, Table, declare


@declare(Table("software", resume_type="application"))
class Software(PicturedRow):
    """A program."""

    title: Annotated[Title, "rings"]
    """The name of the program."""
    text: InlineMarkdown | None = None
    """What it does."""
    date: Date | None = None
    """When it was released, or from when to when."""
    links: Links = field(default_factory=dict)
    language: Annotated[FixedLine | None, Role.DETAIL, "Python", Export(resume="keywords")] = None
    """The language that it is written in."""
