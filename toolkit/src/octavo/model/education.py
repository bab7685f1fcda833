"""Education: degrees."""

from dataclasses import field
from typing import Annotated

from octavo.model.fields import Export, Role
from octavo.model.kinds import Date, InlineMarkdown, Line, ProperName, Title
from octavo.model.links import Links
from octavo.model.row import Row, Table, declare


@declare(Table("education", resume="education"))
class Education(Row):
    """A degree, completed or under way."""

    institution: Annotated[
        ProperName | None, Role.DETAIL, "Universität Erlangen", Export(resume="institution", rendercv="institution")
    ] = None
    """The university or school."""
    degree: Annotated[Line, Role.HEAD, "Dr. phil.", Export(resume="studyType", rendercv="degree")]
    """As the institution calls it."""
    area: Annotated[Line | None, Role.HEAD, "Mathematics", Export(resume="area", rendercv="area")] = None
    """The subject."""
    date: Date | None = None
    """When it was awarded, or from when to when."""
    thesis: Annotated[Title | None, Role.NOTE, "Über die Bildung des Formensystems"] = None
    """Its title, in inline Markdown."""
    text: InlineMarkdown | None = None
    """Anything else, such as advisors."""
    links: Links = field(default_factory=dict)
