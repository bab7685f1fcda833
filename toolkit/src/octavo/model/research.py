"""Research: the lines of research, or projects."""

from dataclasses import field
from typing import Annotated

from octavo.model.fields import Export, Role
from octavo.model.kinds import Address, InlineMarkdown, PublicationId, Title
from octavo.model.links import Links
from octavo.model.row import FilmedRow, Table, declare
from octavo.model.vocabulary import Status


@declare(Table("research", resume_type="research"))
class Research(FilmedRow):
    """A line of research."""

    title: Annotated[Title, "Noncommutative algebra"]
    """What the project is called."""
    url: Annotated[Address | None, Role.ADDRESS, "https://example.org/algebra", Export(resume="url")] = None
    """Its page, as projects/algebra.html; the title leads there, and so do the pages of its publications."""
    text: InlineMarkdown | None = None
    """What it is about."""
    status: Annotated[Status | None, Role.STATUS, "under submission"] = None
    """Where its paper stands."""
    links: Links = field(default_factory=dict)
    publication: PublicationId | None = None
    """The id of the publication that came of it, if it is one."""
    publications: Annotated[tuple[PublicationId, ...], "[vtc-2026]"] = ()
    """The ids of the publications that came of it."""

    @property
    def papers(self) -> tuple[str, ...]:
        """The ids of all its publications."""
        return (*([self.publication] if self.publication else []), *self.publications)
