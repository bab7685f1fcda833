"""Publications: papers, each with all of its versions."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from typing import Annotated, Any, NamedTuple

from octavo.language.tags import has_other_direction, read_language
from octavo.language.words import write_ordinal, write_word
from octavo.model.authors import Author, People
from octavo.model.citations import CitationCount
from octavo.model.fields import Derived, Export, OfWork, Role
from octavo.model.identifiers import make_arxiv_doi
from octavo.model.kinds import (
    ArxivId,
    Date,
    Doi,
    Extra,
    FixedLine,
    Flag,
    Id,
    InlineText,
    Language,
    Line,
    ProperName,
    Title,
)
from octavo.model.links import Links
from octavo.model.row import FilmedRow, Table, declare
from octavo.model.vocabulary import (
    ANONYMOUS,
    ISSUED_IN_NUMBERS,
    NUMBERED,
    UNDATED,
    UNPUBLISHED,
    PublicationType,
    Status,
)


class Imprint(NamedTuple):
    """Where a work appeared, in three parts; the second is a name, and each may be empty."""

    before: str
    name: str
    after: str


# If there are more editors, only the first is named beside a paper.
_MOST_EDITORS = 3
_EDITION = re.compile(r"\bed(?:n|ition)?\b", re.IGNORECASE)


@declare(Table("publications", newest_first=True, resume="publications"))
class Publication(FilmedRow):
    """A paper with all its versions; its id is the address of its page."""

    id: Id
    """A short, readable, permanent name; also the address of its page."""
    title: Annotated[
        Title, OfWork, "Idealtheorie in Ringbereichen", Export("title", "title", "TI", resume="name", rendercv="title")
    ]
    """The title of the paper, in inline Markdown: *emphasis*, `code`, and formulas, $x^2$."""
    authors: Annotated[People, Export("author", "author", "AU", resume="authors", rendercv="authors")] = ()
    """The authors in order: E. Noether, or Noether, E., or as parts. Needed unless there are editors, or the type
    allows works without authors, such as standards and data sets.
    """
    editors: Annotated[People, Export("editor", "editor", "ED")] = ()
    """The editors of the book or proceedings."""
    translators: Annotated[People, Export("translator", "translator", "A4")] = ()
    date: Annotated[Date | None, Export("issued", "date", "DA", resume="releaseDate", rendercv="date")] = None
    """When it appeared or will appear."""
    type: Annotated[PublicationType, "article-journal"]
    """One of CSL's types."""
    genre: Annotated[Line | None, "PhD thesis", Export("genre", "type", "M3")] = None
    """What kind of thesis, report, or patent."""
    venue: Annotated[ProperName | None, "OSDI", Export("container-title-short", "", "J2", "publisher", "journal")] = (
        None
    )
    """The venue's short name without the year, such as OSDI."""
    container_title: Annotated[
        Line | None, OfWork, "Mathematische Annalen", Export("container-title", "journal", "T2", "publisher", "journal")
    ] = None
    """The full name of the proceedings, journal or book."""
    volume_title: Annotated[Line | None, OfWork, "Ideale und Ringe", Export("volume-title", "booktitle")] = None
    """The title of its volume, if `container_title` names a work in several volumes."""
    event: Annotated[Line | None, "ICM 1932", Export("event-title", "eventtitle", "T2")] = None
    """The conference at which it was presented, if its name isn't that of the proceedings."""
    event_place: Annotated[ProperName | None, "Zürich", Export("event-place", "venue", "CY")] = None
    """Where the conference was."""
    event_date: Annotated[Date | None, Role.DETAIL, "1932-09-07", Export("event-date", "eventdate")] = None
    """When the conference was."""
    series: Annotated[Line | None, OfWork, "Grundlehren", Export("collection-title", "series", "T3")] = None
    """The series of books or reports."""
    volume: Annotated[FixedLine | None, "83", Export("volume", "volume", "VL")] = None
    """The volume of the journal or the series."""
    issue: Annotated[FixedLine | None, "1–2", Export("issue", "number", "IS")] = None
    """The issue of the volume."""
    number: Annotated[FixedLine | None, "UCB/EECS-2006-183", Export("number", "number", "M1")] = None
    """The number of a report, patent, or standard; of a book in its series; of an article that has no pages."""
    page: Annotated[FixedLine | None, "24–66", Export("page", "pages", "SP")] = None
    """The pages, such as 12–25."""
    edition: Annotated[FixedLine | None, "2", Export("edition", "edition", "ET")] = None
    """The edition of a book."""
    publisher: Annotated[
        ProperName | None, "Springer", Export("publisher", "publisher", "PB", "publisher", "journal")
    ] = None
    """The publisher; also the university of a thesis, or the institution of a report."""
    publisher_place: Annotated[ProperName | None, "Berlin", Export("publisher-place", "address", "CY")] = None
    """Where the publisher is."""
    status: Annotated[
        Status | None, Role.STATUS, "to appear", Export("status", "note", "N1", resume="status", rendercv="journal")
    ] = None
    """Its status, unless it is simply published."""
    award: Annotated[Line | None, "Best Paper Award", Export(resume="award", rendercv="journal")] = None
    """An award that the paper won."""
    note: Annotated[InlineText | None, "Spotlight, top 3 %", Export("note", "addendum", "N1", "note", "journal")] = None
    """A remark, in inline Markdown: Oral, Spotlight."""
    topics: Annotated[tuple[Line, ...], "[algebra, ring theory]", Export("keyword", "keywords", "KW")] = ()
    """Words to filter publications by."""
    abstract: Annotated[
        InlineText | None,
        OfWork,
        "The decomposition of ideals into primary ones.",
        Export("abstract", "abstract", "AB", resume="summary", rendercv="summary"),
    ] = None
    """The abstract, in inline Markdown."""
    tldr: Annotated[InlineText | None, "Every ideal is an intersection of primary ones."] = None
    """A one-sentence summary, in inline Markdown."""
    language: Annotated[Language | None, "de", Export("language", "language", "LA")] = None
    """The language of the work, if it isn't the site's: a tag such as `de` or `pt-BR`."""
    doi: Annotated[Doi | None, Export("DOI", "doi", "DO", resume="doi", rendercv="doi")] = None
    """The bare DOI, such as 10.1145/3576915.3616582."""
    arxiv: Annotated[ArxivId | None, Export("archive_location", "eprint", "AN")] = None
    """The bare identifier, such as 2411.08982."""
    isbn: Annotated[FixedLine | None, "978-3-540-62511-3", Export("ISBN", "isbn", "SN")] = None
    """The ISBN of the book."""
    issn: Annotated[FixedLine | None, "0025-5831", Export("ISSN", "issn", "SN")] = None
    """The ISSN of the journal or series."""
    pmid: Annotated[FixedLine | None, "17284678", Export("PMID", "pmid", "AN")] = None
    """The number of the work in PubMed."""
    links: Annotated[Links, Export("URL", "url", "UR", resume="url", rendercv="url")] = field(default_factory=dict)
    selected: Flag = False
    """Show it on the home page."""
    extra: Extra = field(default_factory=dict)
    """Other fields that an import found; exports in the same format include them again."""
    citations: Annotated[tuple[CitationCount, ...], Derived] = ()
    """How often it is cited, according to each source in `data/citations.yml`."""

    @classmethod
    def find_gap(cls, plain: Mapping[str, Any]) -> tuple[str, str] | None:
        """A problem with the authors, if the work has neither authors nor editors and its type needs them."""
        is_made = plain.get("authors") or plain.get("editors") or plain.get("type", "") in ANONYMOUS
        return None if is_made else ("authors", "is missing (expected authors or editors)")

    @classmethod
    def find_language(cls, plain: Mapping[str, Any]) -> str:
        """The language of the work."""
        return read_language(plain.get("language", ""))

    @property
    def any_doi(self) -> str:
        """Its DOI, or else that of its preprint on arXiv; empty if it has neither."""
        return self.doi or (make_arxiv_doi(self.arxiv) if self.arxiv else "")

    @property
    def year(self) -> int | None:
        """The year under which it is listed."""
        return self.date.year if self.date else None

    @property
    def shelf(self) -> str:
        """Its group in lists by year: `2025`, `forthcoming`."""
        return UNPUBLISHED.get(self.status or "") or str(self.year or UNDATED)

    @property
    def forthcoming(self) -> bool:
        """Whether it isn't out yet."""
        return self.status in UNPUBLISHED

    @property
    def makers(self) -> Sequence[Author]:
        """The people credited: the authors, or the editors of a work without authors."""
        return self.authors or self.editors

    @property
    def makers_role(self) -> str:
        """The text after the makers' names: `(eds.)`; empty for authors."""
        return "" if self.authors or not self.editors else _name_editors(self.editors)

    @property
    def published_in(self) -> str | None:
        """The venue in its shortest known form: `OSDI`."""
        return self.venue or self.container_title or self.publisher

    @property
    def imprint(self) -> Imprint:
        """Where it appeared, as citations have it: `In E. Artin (ed.), Grundlagen, 2nd ed., 12–20`."""
        name = self.published_in or ""
        # Inside a name in Latin letters, an Arabic page's own separator would look foreign.
        separator = ", " if has_other_direction(name, "rtl") else write_word("list-separator")
        edited = self._name_edited(separator) if name and self.authors and self.editors else ""
        translated = write_word("translated-by", names=_join_names(self.translators)) if self.translators else None
        details = [*self._list_numbers(), _name_edition(self.edition), self.page, translated]
        numbers = separator.join(filter(None, details))
        is_close = self.volume and numbers.startswith(self.volume)
        return Imprint(edited, name, f"{' ' if is_close else separator}{numbers}" if name and numbers else numbers)

    @property
    def imprint_date(self) -> str:
        """The date that follows the imprint; empty if that ends with it: `Conference on Learning 2026`."""
        _, name, after = self.imprint
        shown = self.date.shown if self.date else ""
        return "" if not after and name.endswith(shown) else shown

    def _name_edited(self, separator: str) -> str:
        """`In E. Artin (ed.), `; a book isn't in its publisher."""
        editors = f"{_join_names(self.editors)} {_name_editors(self.editors)}"
        is_part = self.venue or self.container_title
        return write_word("edited-in", editors=editors) if is_part else f"{editors}{separator}"

    def _list_numbers(self) -> Iterator[str | None]:
        """Volume, issue, series, and its own number; a book's volume is one of its series."""
        volume = f"{self.volume or ''}{f' ({self.issue})' if self.issue else ''}".strip()
        if self.type in ISSUED_IN_NUMBERS:
            yield from (volume, write_word("article-number", number=self.number) if self.number else None, self.series)
        elif self.series:
            number = self.number or volume
            yield from (
                self.genre,
                f"{self.series} {number}".strip(),
                write_word("volume-number", number=volume) if volume and number != volume else None,
            )
        else:
            yield from (volume, self._name_number())

    def _name_number(self) -> str:
        """The kind of report or patent, and its number: `Technical report TR-7`, `Patent US10452978B2`."""
        if self.genre or not self.number:
            return " ".join(filter(None, [self.genre, self.number]))
        if self.type in NUMBERED - {"patent"}:
            return self.number
        return write_word("patent-number" if self.type == "patent" else "work-number", number=self.number)


def _join_names(people: Sequence[Author]) -> str:
    is_long = len(people) > _MOST_EDITORS
    return write_word("et-al", name=people[0]) if is_long else write_word("list-separator").join(map(str, people))


def _name_editors(editors: Sequence[Author]) -> str:
    return write_word("editors" if len(editors) > 1 else "editor")


def _name_edition(edition: str | None) -> str | None:
    """`2nd ed.`, or the text as written: `Revised edition`."""
    if not edition or not edition.isdecimal():
        return edition if not edition or _EDITION.search(edition) else write_word("edition-number", number=edition)
    return write_word("edition-number", number=write_ordinal(int(edition)))
