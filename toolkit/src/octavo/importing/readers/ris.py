"""The RIS reader: a file's references as records.

The tags are those of the "RIS Format Specifications" (Thomson Reuters, 2011) as publishers write them, and with the odd
spaces of people and other programs. This isn't rispy, which gives no line numbers and silently drops a last reference
that lacks its `ER`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from octavo.errors import Problem
from octavo.importing.issued import make_date
from octavo.importing.record import Record, clean_line, clean_paragraphs
from octavo.model.authors import Author, parse_name
from octavo.model.identifiers import find_arxiv, normalize_arxiv, normalize_doi

_KNOWN_TAGS = (
    "A[1-4]|A[BDNUV]|BT|C[1-8]|C[ANPTY]|D[ABOP]|E[DPT]|I[DS]|J[1-2]|J[AFO]|KW|L[1-4]|L[AKB]|M[1-3]|N[12V]|OP|P[BPY]|R[INP]"
    "|S[1-2]|S[ENPRT]|T[1-3]|T[AIT]|TY|ER|U[1-5]|UR|V[LO]|Y[12]"
)
_TAG = re.compile(r"([A-Z][A-Z0-9])  ?-(?: (.*)|)$")
# With odd spaces, only a known tag counts, since a line of text may begin with "AI - as". Without a space before the
# hyphen, only a beginning or an end counts: "T1-weighted" begins with no tag.
_ODD_TAG = re.compile(rf"[\s\ufeff]*({_KNOWN_TAGS})\s+-(.*)$|[\s\ufeff]*(?:(TY)\s*-\s*(\w+)|(ER)\s*-)$")
_TYPES = {
    "JOUR": "article-journal", "EJOUR": "article-journal", "MGZN": "article-magazine", "NEWS": "article-newspaper",
    "CONF": "paper-conference", "CPAPER": "paper-conference", "BOOK": "book", "EBOOK": "book", "EDBOOK": "book",
    "CHAP": "chapter", "ECHAP": "chapter", "THES": "thesis", "RPRT": "report", "UNPB": "manuscript", "PAT": "patent",
    "COMP": "software", "DATA": "dataset", "DBASE": "dataset", "ELEC": "webpage", "BLOG": "post-weblog",
    "ICOMM": "personal_communication", "PAMP": "pamphlet", "STAND": "standard", "VIDEO": "motion_picture",
    "PREPRINT": "article", "GEN": "document", "INPR": "article-journal", "ABST": "article-journal",
    "ENCYC": "entry-encyclopedia", "DICT": "entry-dictionary", "SLIDE": "speech", "UNBILL": "bill",
    "MANSCPT": "manuscript",
}  # fmt: skip
_DATE = re.compile(r"(\d{4})(?:[/-](\d{1,2})?)?(?:[/-](\d{1,2})?)?(?:[/-].*)?")


@dataclass
class _Reference:
    """The lines of one reference, by tag."""

    line: int
    kind: str
    values: dict[str, list[tuple[str, int]]] = field(default_factory=dict)
    last: str = ""

    def add(self, tag: str, value: str, line: int) -> None:
        self.values.setdefault(tag, []).append((value, line))
        self.last = tag

    def extend(self, text: str) -> None:
        value, line = self.values[self.last][-1]
        self.values[self.last][-1] = (f"{value}\n{text}", line)

    def get(self, *tags: str) -> str:
        return next((value for tag in tags for value, _ in self.values.get(tag, ()) if value.strip()), "")

    def find_line(self, *tags: str) -> int:
        return next((line for tag in tags for _, line in self.values.get(tag, ())), self.line)


class _Unusable(Exception):  # noqa: N818 - it never leaves this module
    def __init__(self, line: int, message: str) -> None:
        self.line = line
        super().__init__(message)


def read_ris(text: str, path: str) -> Iterator[Record | Problem]:
    """Records and problems; each error is something that was skipped, usually a reference."""
    for found in _split_references(text, path):
        if isinstance(found, Problem):
            yield found
            continue
        if found.kind not in _TYPES:
            message = f"{found.kind!r} is not a known reference type; imported as CSL's 'document'"
            yield Problem(path, found.line, 1, message, "warning")
        try:
            yield _make_record(found, path)
        except _Unusable as error:
            yield Problem(path, error.line, 1, str(error))


def _split_references(text: str, path: str) -> Iterator[_Reference | Problem]:
    current: _Reference | None = None
    is_told = False
    for number, tag, value in _list_lines(text):
        if tag == "TY":
            if current is not None:
                yield _report_unclosed(current, path)
            current = _Reference(number, value.upper())
        elif current is None:
            if value and not is_told:
                is_told = True
                yield Problem(path, number, 1, "this is outside any reference, which goes from 'TY  - ' to 'ER  - '")
            is_told = is_told and tag != "ER"
        elif tag == "ER":
            yield current
            current, is_told = None, False
        elif tag:
            current.add(tag, value, number)
        elif value and current.last:
            current.extend(value)
        elif value:
            yield Problem(path, number, 1, "text before the first tag was ignored", "warning")
    if current is not None:
        yield _report_unclosed(current, path)


def _list_lines(text: str) -> Iterator[tuple[int, str, str]]:
    """Each line's number, tag and value; a line without a tag continues the value before it, or belongs to none."""
    for number, line in enumerate(re.split(r"\r\n|\r|\n", text), 1):
        tag, value = _split_line(line)
        if tag == "ER" and value:  # text after the end is the next line, joined to this one
            yield number, tag, ""
            tag, value = _split_line(value)
        yield number, tag, value


def _split_line(line: str) -> tuple[str, str]:
    line = line.rstrip()
    if match := _TAG.match(line):
        return match[1], (match[2] or "").strip()
    if match := _ODD_TAG.match(line):
        return match[1] or match[3] or match[5], (match[2] or match[4] or "").strip()
    return "", line.replace("\ufeff", " ").strip()


def _report_unclosed(reference: _Reference, path: str) -> Problem:
    return Problem(path, reference.line, 1, "the reference that begins here is never closed (missing 'ER  - ')")


def _make_record(reference: _Reference, path: str) -> Record:
    doi_written, url = clean_line(reference.get("DO")), clean_line(reference.get("UR", "L1").split("\n")[0])
    doi = normalize_doi(doi_written) or (normalize_doi(url) if "doi.org/" in url else "")
    if doi_written and not doi and not normalize_arxiv(doi_written):
        raise _Unusable(reference.find_line("DO"), f"{doi_written!r} is not a DOI")
    arxiv = find_arxiv(doi_written, url, *(reference.get(tag) for tag in ("AN", "M1", "JO", "T2", "N1")))
    container = clean_line(reference.get("T2", "JF", "JO", "BT"))
    container = "" if container.lower().startswith("arxiv") else container
    is_preprint = bool(arxiv) and not container
    kind = "article" if is_preprint else _TYPES.get(reference.kind, "document")
    return Record(
        type=kind, title=_read_title(reference), author=_read_authors(reference), issued=_read_issued(reference),
        container_title=container, container_title_short=clean_line(reference.get("J2", "JA")),
        volume=clean_line(reference.get("VL")), issue=clean_line(reference.get("IS")), page=_read_page(reference),
        publisher=clean_line(reference.get("PB")), abstract=clean_paragraphs(reference.get("AB", "N2")),
        doi="" if normalize_arxiv(doi) else doi, arxiv=arxiv, url=url,
        status="preprint" if is_preprint else "to appear" if reference.kind == "INPR" else "",
        source=path, place=f"{path}:{reference.line}:1", key=clean_line(reference.get("ID")),
    )  # fmt: skip


def _read_title(reference: _Reference) -> str:
    for tag in ("TI", "T1"):
        titles = {clean_line(value): line for value, line in reference.values.get(tag, ())}
        if len(titles) > 1:
            line = list(titles.values())[1]
            raise _Unusable(line, "the reference has two titles (is an 'ER  - ' missing between them?)")
    title = clean_line(reference.get("TI", "T1", "CT"))
    if not title:
        raise _Unusable(reference.line, "the reference has no title ('TI  - ')")
    return title


def _read_authors(reference: _Reference) -> tuple[Author, ...]:
    names = [(clean_line(value), line) for tag in ("AU", "A1") for value, line in reference.values.get(tag, ())]
    authors = tuple(_read_author(name, line) for name, line in names if name)
    if not authors:
        raise _Unusable(reference.line, "the reference has no author ('AU  - ')")
    return authors


def _read_author(name: str, line: int) -> Author:
    """`Last, First, Suffix`; a name without a comma is an organization's or a single name."""
    if "," not in name:
        return Author(literal=name)
    try:
        return parse_name(name)
    except ValueError as error:
        raise _Unusable(line, f"{name!r} is not one author (expected a line each: 'Last, First, Suffix')") from error


def _read_issued(reference: _Reference) -> str:
    written = reference.get("DA", "PY", "Y1")
    year = reference.get("PY", "Y1", "DA")
    if not written:
        return ""
    for text in (written, year):
        match = _DATE.fullmatch(text.strip().rstrip("/"))
        if match:
            break
    else:
        raise _Unusable(reference.find_line("DA", "PY", "Y1"), f"{written!r} is not a date (expected 2025/11/03)")
    try:
        year_month_day = [int(part) if part else 0 for part in match.groups()]
        return make_date(year_month_day[: 3 if match[3] else 2 if match[2] else 1])  # a day needs its month
    except ValueError as error:
        raise _Unusable(reference.find_line("DA", "PY", "Y1"), str(error)) from error


def _read_page(reference: _Reference) -> str:
    first, last = clean_line(reference.get("SP")), clean_line(reference.get("EP"))
    pages = f"{first}–{last}" if first and last and last != first and last not in first else first
    return pages.replace("--", "–").replace("-", "–")
