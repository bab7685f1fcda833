"""A BibTeX or biblatex entry as a record."""

from __future__ import annotations

import re
from collections.abc import Iterator

from octavo.importing.issued import join_issued, parse_issued
from octavo.importing.latex import decode_address, decode_latex, list_unknown_latex
from octavo.importing.readers.bibtex_names import parse_names
from octavo.importing.readers.bibtex_syntax import Entry
from octavo.importing.record import Record, clean_line, clean_paragraphs
from octavo.model.authors import Author
from octavo.model.identifiers import find_arxiv, normalize_arxiv, normalize_doi

_TYPES = {
    "article": "article-journal", "inproceedings": "paper-conference", "conference": "paper-conference",
    "book": "book", "mvbook": "book", "booklet": "pamphlet", "inbook": "chapter", "incollection": "chapter",
    "suppbook": "chapter", "proceedings": "book", "mvproceedings": "book", "collection": "book", "reference": "book",
    "periodical": "periodical", "phdthesis": "thesis", "mastersthesis": "thesis", "thesis": "thesis",
    "techreport": "report", "report": "report", "misc": "document", "manual": "document", "unpublished": "manuscript",
    "online": "webpage", "electronic": "webpage", "www": "webpage", "software": "software", "dataset": "dataset",
    "patent": "patent", "inreference": "entry", "preprint": "article", "video": "motion_picture",
    "standard": "standard",
}  # fmt: skip

_STATES = {
    "to appear": "to appear", "in press": "in press", "inpress": "in press", "forthcoming": "to appear",
    "accepted": "accepted", "under review": "under review", "in review": "under review", "submitted": "under review",
    "under submission": "under submission", "in submission": "under submission", "in preparation": "in preparation",
    "inpreparation": "in preparation", "preprint": "preprint", "prepublished": "preprint",
}  # fmt: skip

# Fields that hold no LaTeX but what addresses and files' names need
_VERBATIM = frozenset({"doi", "eprint", "file", "url"})

# "arXiv preprint arXiv:2411.08982", "arXiv e-prints", and DBLP's "CoRR" with the volume "abs/2411.08982"
_PREPRINT_SERIES = re.compile(r"arxiv\b.*|corr|computing research repository.*", re.IGNORECASE)


class UnusableEntry(Exception):  # noqa: N818 - named for what it is about
    """Why an entry can't be a record, and the field at fault."""

    def __init__(self, field: str, message: str) -> None:
        self.field = field
        super().__init__(message)


def make_record(entry: Entry, source: str, place: str) -> Record:
    """The entry in CSL's terms.

    Raises:
        UnusableEntry: if it lacks a title or an author, or a name, date or identifier is invalid.
    """
    authors, is_cut = _read_authors(entry)
    issued, state = _read_issued(entry)
    arxiv = _read_arxiv(entry)
    container, short = _read_container(entry)
    is_preprint = (
        bool(arxiv) and not container and entry.type in ("article", "misc", "online", "unpublished", "preprint")
    )
    kind = "article" if is_preprint else _TYPES.get(entry.type, "document")
    return Record(
        type=kind, title=_read_title(entry), author=authors, is_cut=is_cut, issued=issued, arxiv=arxiv,
        doi=_read_doi(entry), container_title=container, container_title_short=short,
        volume="" if is_preprint else _read_line(entry, "volume"), issue=_read_issue(entry),
        page=_read_line(entry, "pages").replace("--", "–").replace("-", "–"),
        publisher=_read_line(entry, *_list_publisher_fields(entry.type)), abstract=_read_abstract(entry),
        url=_read_address(entry, "url"), status="preprint" if is_preprint else state or _read_state(entry),
        source=source, place=place, key=clean_line(entry.key),
    )  # fmt: skip


def list_doubts(entry: Entry, record: Record) -> Iterator[tuple[str, str]]:
    """What a person should look at although the record can be used: pairs of a field and a message."""
    if entry.type not in _TYPES:
        yield "", f"'@{entry.type}' is not a known entry type; imported as CSL's 'document'"
    if record.is_cut:
        yield "author", "the list of authors is cut short by 'and others'; add the rest by hand"
    for field, written in entry.fields.items():
        if field not in _VERBATIM and (unknown := list_unknown_latex(written.value)):
            yield field, f"unknown LaTeX {', '.join(unknown)}; check how it reads"


def _get(entry: Entry, *names: str) -> str:
    """The first of the fields that isn't empty, as it was written."""
    for name in names:
        if name in entry.fields and (value := entry.fields[name].value.strip()):
            return value
    return ""


def _read_line(entry: Entry, *names: str) -> str:
    value = _get(entry, *names)
    return clean_line(decode_latex(value)) if value else ""


def _read_address(entry: Entry, name: str) -> str:
    return clean_line(decode_address(_get(entry, name)))


def _read_title(entry: Entry) -> str:
    title, subtitle = _read_line(entry, "title"), _read_line(entry, "subtitle")
    if not title:
        raise UnusableEntry("title", f"the entry {entry.key!r} has no title")
    return f"{title}: {subtitle}" if subtitle else title


def _read_authors(entry: Entry) -> tuple[tuple[Author, ...], bool]:
    written = _get(entry, "author")
    if not written:
        editors = " (an editor is not an author)" if _get(entry, "editor") else ""
        raise UnusableEntry("author", f"the entry {entry.key!r} has no author{editors}")
    try:
        authors, is_cut = parse_names(written)
    except ValueError as error:
        raise UnusableEntry("author", str(error)) from error
    if not authors:
        raise UnusableEntry("author", "the list of authors names nobody")
    return authors, is_cut


def _read_issued(entry: Entry) -> tuple[str, str]:
    """The date, and the status that a word in place of the year gives."""
    year, month, day = (_read_line(entry, name) for name in ("year", "month", "day"))
    if state := _STATES.get(year.lower().strip("(). ")):
        return "", state
    try:
        if date := _read_line(entry, "date"):
            return parse_issued(date), ""
        return join_issued(year, month, day), ""
    except ValueError as error:
        blamed = "date" if _get(entry, "date") else "month" if "month" in str(error) and month else "year"
        raise UnusableEntry(blamed, str(error)) from error


def _read_state(entry: Entry) -> str:
    states = (_STATES.get(_read_line(entry, name).lower().strip("(). ")) for name in ("pubstate", "status", "note"))
    return next((state for state in states if state), "")


def _read_doi(entry: Entry) -> str:
    written = _read_address(entry, "doi")
    doi = normalize_doi(written)
    if written and not doi and not normalize_arxiv(written):
        raise UnusableEntry("doi", f"{written!r} is not a DOI (expected the form 10.1145/3576915.3616582)")
    doi = doi or _read_doi_address(entry)
    return "" if normalize_arxiv(doi) else doi


def _read_doi_address(entry: Entry) -> str:
    url = _read_address(entry, "url")
    return normalize_doi(url) if "doi.org/" in url else ""


def _read_arxiv(entry: Entry) -> str:
    archive = _get(entry, "archiveprefix", "eprinttype").lower()
    eprint = decode_address(_get(entry, "eprint"))
    if archive in ("", "arxiv") and (found := normalize_arxiv(eprint)):
        return found
    volume = _get(entry, "volume").removeprefix("abs/")
    if _read_line(entry, "journal").lower() == "corr" and (found := normalize_arxiv(volume)):
        return found
    places = (_get(entry, name) for name in ("doi", "url", "journal", "note", "howpublished"))
    return find_arxiv(*(decode_address(place) for place in places if "arxiv" in place.lower()))


def _read_container(entry: Entry) -> tuple[str, str]:
    """Title and short title of the journal or book; none for a preprint, since arXiv isn't a journal."""
    title = _read_line(entry, "booktitle", "journaltitle", "journal")
    if _PREPRINT_SERIES.fullmatch(title):
        return "", ""
    return title, _read_line(entry, "shortjournal", "journalabbr")


def _read_issue(entry: Entry) -> str:
    # in a book or report, BibTeX's `number` is that of the series
    names = ("issue", "number") if entry.type == "article" else ("issue",)
    return _read_line(entry, *names)


def _list_publisher_fields(kind: str) -> tuple[str, ...]:
    if "thesis" in kind:
        return ("school", "institution", "publisher")
    return ("publisher", "institution", "organization")


def _read_abstract(entry: Entry) -> str:
    paragraphs = re.split(r"\n[ \t\r]*\n|\\par\b", _get(entry, "abstract"))
    return clean_paragraphs("\n\n".join(decode_latex(paragraph) for paragraph in paragraphs))
