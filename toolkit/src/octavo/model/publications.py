"""Publications: papers, each with all of its versions."""

from dataclasses import field
from typing import Annotated

from octavo.model.fields import Export, Role
from octavo.model.kinds import ArxivId, Date, Doi, Flag, Id, InlineText, Line, Title, VideoFile
from octavo.model.links import Links
from octavo.model.people import People
from octavo.model.row import PicturedRow, Table, declare
from octavo.model.vocabulary import UNPUBLISHED, PublicationType, Status


@declare(Table("publications", newest_first=True, resume="publications"))
class Publication(PicturedRow):
    """A paper with all its versions; its id is the address of its page."""

    id: Id
    """A short, readable, lasting name; also the address of its page."""
    title: Annotated[Title, "Idealtheorie in Ringbereichen", Export(csl="title", resume="name", rendercv="title")]
    """As the paper has it, in inline Markdown: *emphasis*, `code`, and formulas, $x^2$."""
    authors: Annotated[People, Export(resume="authors", rendercv="authors")]
    """In the paper's order: E. Noether, or Noether, E., or by parts."""
    date: Annotated[Date | None, Export(resume="releaseDate", rendercv="date")] = None
    """When it appeared or will appear."""
    type: Annotated[PublicationType, "article-journal"]
    """One of CSL's types."""
    venue: Annotated[
        Line | None, "OSDI", Export(csl="container-title-short", resume="publisher", rendercv="journal")
    ] = None
    """Its short name without the year, as OSDI."""
    container_title: Annotated[
        Line | None, "Mathematische Annalen", Export(csl="container-title", resume="publisher", rendercv="journal")
    ] = None
    """The full name of the proceedings, journal or book."""
    volume: Annotated[Line | None, "83", Export(csl="volume")] = None
    """Of the journal or the series."""
    issue: Annotated[Line | None, "1–2", Export(csl="issue")] = None
    """Of the volume."""
    page: Annotated[Line | None, "24–66", Export(csl="page")] = None
    """Pages, as 12–25."""
    publisher: Annotated[Line | None, "Springer", Export(csl="publisher", resume="publisher", rendercv="journal")] = (
        None
    )
    """Also the university of a thesis, or the institution of a report."""
    status: Annotated[
        Status | None, Role.STATUS, "to appear", Export(csl="status", resume="status", rendercv="journal")
    ] = None
    """Where it stands while it isn't simply published."""
    award: Annotated[Line | None, "Best Paper Award", Export(resume="award", rendercv="journal")] = None
    """An award that the paper won."""
    note: Annotated[InlineText | None, "Spotlight, top 3 %", Export(csl="note", resume="note", rendercv="journal")] = (
        None
    )
    """What else is said of it, in inline Markdown: Oral, Spotlight."""
    topics: Annotated[tuple[Line, ...], "[algebra, ring theory]"] = ()
    """Words by which publications can be filtered."""
    abstract: Annotated[
        InlineText | None,
        "The decomposition of ideals into primary ones.",
        Export(csl="abstract", resume="summary", rendercv="summary"),
    ] = None
    """Inline Markdown, as the title."""
    tldr: Annotated[InlineText | None, "Every ideal is an intersection of primary ones."] = None
    """The paper in a sentence, in inline Markdown."""
    doi: Annotated[Doi | None, Export(csl="DOI", resume="doi", rendercv="doi")] = None
    """The identifier alone, as 10.1145/3576915.3616582."""
    arxiv: ArxivId | None = None
    """The identifier alone, as 2411.08982."""
    links: Annotated[Links, Export(resume="url", rendercv="url")] = field(default_factory=dict)
    video: VideoFile | None = None
    """A short silent film among the site's files, on the paper's page in place of the picture."""
    selected: Flag = False
    """Show it on the home page."""

    @property
    def year(self) -> int | None:
        """The year under which it is listed."""
        return self.date.year if self.date else None

    @property
    def group(self) -> str:
        """The heading under which lists by year have it."""
        return UNPUBLISHED.get(self.status or "") or str(self.year or "Undated")

    @property
    def forthcoming(self) -> bool:
        """Whether it isn't out yet."""
        return self.status in UNPUBLISHED

    @property
    def published_in(self) -> str | None:
        """Where it appeared, as short as it is known: `OSDI`."""
        return self.venue or self.container_title or self.publisher

    @property
    def numbers(self) -> str:
        """Volume, issue, and pages as they follow a journal's name: `83 (1–2), 24–66`."""
        volume = f"{self.volume or ''}{f' ({self.issue})' if self.issue else ''}".strip()
        return ", ".join(part for part in (volume, self.page) if part)
