"""A RIS reference, the lines between `TY` and `ER`, as a record."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from octavo.citations.ris import BOOKS
from octavo.importing.issued import Issued, join_issued
from octavo.importing.markup import strip_line, strip_paragraphs
from octavo.importing.readers.bibtex_names import read_names
from octavo.importing.readers.reading import Reading, join_pages, read_state
from octavo.importing.record import Record, UnusableError, clean_line, drop_empty
from octavo.model.authors import Author
from octavo.model.fields import list_fields
from octavo.model.identifiers import find_arxiv, find_doi, normalize_arxiv, normalize_doi
from octavo.model.publications import Publication
from octavo.model.vocabulary import ANONYMOUS, NUMBERED, LinkRole

TYPES = {
    "JOUR": "article-journal", "EJOUR": "article-journal", "MGZN": "article-magazine", "NEWS": "article-newspaper",
    "CONF": "paper-conference", "CPAPER": "paper-conference", "BOOK": "book", "EBOOK": "book", "EDBOOK": "book",
    "CHAP": "chapter", "ECHAP": "chapter", "THES": "thesis", "RPRT": "report", "UNPB": "manuscript", "PAT": "patent",
    "COMP": "software", "DATA": "dataset", "DBASE": "dataset", "ELEC": "webpage", "BLOG": "post-weblog",
    "ICOMM": "personal_communication", "PAMP": "pamphlet", "STAND": "standard", "VIDEO": "motion_picture",
    "PREPRINT": "article", "GEN": "document", "INPR": "article-journal", "ABST": "article-journal",
    "ENCYC": "entry-encyclopedia", "DICT": "entry-dictionary", "SLIDE": "speech", "UNBILL": "bill",
    "MANSCPT": "manuscript", "AGGR": "dataset", "ANCIENT": "classic", "ART": "graphic", "BILL": "bill",
    "CASE": "legal_case", "CHART": "figure", "CLSWK": "classic", "FIGURE": "figure", "GOVDOC": "report",
    "HEAR": "hearing", "INTV": "interview", "JFULL": "periodical", "LEGAL": "legislation", "MAP": "map",
    "MPCT": "motion_picture", "MUSIC": "musical_score", "SOUND": "song", "STAT": "legislation",
    "ADVS": "motion_picture", "CTLG": "book", "EQUA": "figure", "GRANT": "document", "MULTI": "document",
    "PCOMM": "personal_communication", "POD": "broadcast", "PRESS": "document", "SER": "periodical",
    "STD": "standard", "UNPD": "dataset", "WEB": "webpage",
}  # fmt: skip
# Tags where people and programs put an arXiv identifier.
_ARXIV_TAGS = ("AN", "M1", "JO", "T2", "N1")
# Text fields with their own tag, by the names of the table's fields.
_TEXT_TAGS = {
    name: list_fields(Publication)[name].export.ris
    for name in ("genre", "edition", "publisher_place", "note", "language")
}
# Private notes of programs and people.
_BOOKKEEPING = frozenset({"DB", "DP", "L2", "L3", "L4", "LB", "LK", "RN", "RP"})
# Tags that may hold a status
_STATE_TAGS = ("N1", "PY", "Y1")


@dataclass
class Reference:
    """The lines of one reference, by tag."""

    line: int
    kind: str
    values: dict[str, list[tuple[str, int]]] = field(default_factory=dict)
    last: str = ""
    taken: set[str] = field(default_factory=lambda: {""})
    doubts: list[tuple[int, str]] = field(default_factory=list)
    """Warnings: pairs of a line and a message."""

    @property
    def content(self) -> tuple[object, ...]:
        """The tags and values, without their lines, to recognize a repeated reference."""
        texts = ((tag, tuple(text for text, _ in values)) for tag, values in self.values.items())
        return self.kind, *texts

    def add(self, tag: str, value: str, line: int) -> None:
        """A tag's value, and its line."""
        self.values.setdefault(tag, []).append((value, line))
        self.last = tag

    def extend(self, text: str) -> None:
        """A line that continues the value before it."""
        value, line = self.values[self.last][-1]
        self.values[self.last][-1] = (f"{value}\n{text}", line)

    def get(self, *tags: str) -> str:
        """The first value of the first of these tags that has one."""
        return next((value for tag in tags for value, _ in self.values.get(tag, ()) if value.strip()), "")

    def take(self, *tags: str) -> str:
        """Take out the first value of the first of these tags that has one."""
        for tag in tags:
            for index, (value, _) in enumerate(self.values.get(tag, ())):
                if value.strip():
                    del self.values[tag][index]
                    self.taken.add(clean_line(value))
                    return value
        return ""

    def take_all(self, *tags: str) -> list[tuple[str, int]]:
        """Take out all values of these tags, with their lines."""
        found = [(clean_line(value), line) for tag in tags for value, line in self.values.pop(tag, ())]
        self.taken.update(value for value, _ in found)
        return [(value, line) for value, line in found if value]

    def put_back(self, tag: str, value: str, line: int) -> None:
        """Return a value that wasn't used after all."""
        self.add(tag, value, line)
        self.taken.discard(value)

    def list_rest(self) -> dict[str, str]:
        """The values that nothing has taken, except those taken under another tag."""
        cleaned = {tag: [clean_line(value) for value, _ in values] for tag, values in self.values.items()}
        rest = {tag: "; ".join(value for value in values if value not in self.taken) for tag, values in cleaned.items()}
        return {tag: text for tag, text in rest.items() if text}

    def find_line(self, *tags: str) -> int:
        """The line of the first of these tags that exists, or else of the beginning."""
        return next((line for tag in tags for _, line in self.values.get(tag, ())), self.line)


def make_record(reference: Reference, path: str) -> Record:
    """The reference in CSL's terms.

    Raises:
        UnusableError: if it lacks a title, or the authors or editors that its type needs.
    """
    url, pdf = (clean_line(reference.take(tag).split("\n")[0]) for tag in ("UR", "L1"))
    links = _make_links(pdf, reference) if url else {}
    url = url or pdf
    doi, arxiv = _read_identifiers(reference, url)
    authors, editors, translators = _read_people(reference)
    container, short, texts = _read_containers(reference)
    is_preprint = bool(arxiv) and not container
    kind = "article" if is_preprint else TYPES.get(reference.kind, "document")
    if not (authors or editors or kind in ANONYMOUS):
        raise UnusableError("the reference has neither author nor editor ('AU  - ')", line=reference.line)
    record = Record(
        type=kind, title=_read_title(reference), author=authors, editor=editors, translator=translators,
        issued=_read_issued(reference), container_title=container, container_title_short=short,
        volume=strip_line(reference.take("VL")), issue=strip_line(reference.take("IS")), page=_read_page(reference),
        publisher=strip_line(reference.take("PB")), abstract=strip_paragraphs(reference.take("AB", "N2")),
        doi=doi, arxiv=arxiv, url=url, links=links, topics=tuple(value for value, _ in reference.take_all("KW")),
        status=_read_state(reference, is_preprint=is_preprint),
        source=path, place=f"{path}:{reference.line}:1", key=clean_line(reference.take("ID")),
    )  # fmt: skip
    texts |= _read_serial_numbers(reference, kind)
    texts |= {name: strip_line(reference.take(tag)) for name, tag in _TEXT_TAGS.items() if not texts.get(name)}
    extra, left = Reading(reference.list_rest()).sort_rest(_BOOKKEEPING, lambda _, text: text)
    return replace(record, texts=drop_empty(texts), extra=extra, left=left)


def _make_links(pdf: str, reference: Reference) -> dict[LinkRole, str]:
    """The PDF, besides the address of its page; anything that isn't on the web is a local file of the list's owner."""
    if pdf.startswith(("http:", "https:")):
        return {"paper": pdf}
    if pdf:
        reference.put_back("L1", pdf, reference.line)
    return {}


def _read_identifiers(reference: Reference, url: str) -> tuple[str, str]:
    line, written = reference.find_line("DO"), clean_line(reference.get("DO"))
    doi = normalize_doi(written) or find_doi(written)
    if doi or normalize_arxiv(written):
        reference.take("DO")
    if written and not normalize_doi(written) and not normalize_arxiv(written):
        told = f"was read as {doi}" if doi else "is not a DOI; kept as text"
        reference.doubts.append((line, f"{written!r:.80} {told}"))
    doi = doi or (normalize_doi(url) if "doi.org/" in url else "")
    arxiv = find_arxiv(written, url, *(reference.get(tag) for tag in _ARXIV_TAGS))
    for tag in _ARXIV_TAGS if arxiv else ():
        if normalize_arxiv(reference.get(tag)) == arxiv:
            reference.take(tag)
    return ("" if normalize_arxiv(doi) else doi), arxiv


def _read_containers(reference: Reference) -> tuple[str, str, dict[str, str]]:
    """Title and short title of the journal or book, and other things with the same tags."""
    texts: dict[str, str] = {}
    if reference.get("C3"):  # the proceedings' title, which differs from the conference's
        texts["event"], texts["event_place"] = strip_line(reference.take("T2")), strip_line(reference.take("CY"))
        texts["publisher_place"] = strip_line(reference.take("C1"))
    texts["series"] = strip_line(reference.take("T3"))
    if TYPES.get(reference.kind) in BOOKS and not texts["series"]:
        texts["series"] = strip_line(reference.take("T2"))
    container = strip_line(reference.take("C3", "T2", "JF", "JO", "BT"))
    if container.lower().startswith("arxiv"):
        container = ""
    return container, strip_line(reference.take("J2", "JA", *(["JO"] if container else []))), texts


def _read_serial_numbers(reference: Reference, kind: str) -> dict[str, str]:
    """ISBN, ISSN, or a report's number, which share a tag, and the PubMed number."""
    texts: dict[str, str] = {}
    for value, line in reference.take_all("SN"):
        digits = len(re.sub("[^0-9Xx]", "", value))
        name = "number" if kind in NUMBERED and not value.startswith("978") else "issn" if digits == 8 else "isbn"
        if name in texts or (digits < 8 and name != "number"):
            reference.put_back("SN", value, line)
        else:
            texts[name] = value
    found = re.fullmatch(r"(PMID:\s*)?(\d{1,8})", clean_line(reference.get("AN")))
    if found and (found[1] or re.search("pubmed|medline", reference.get("DB", "DP"), re.IGNORECASE)):
        texts["pmid"] = found[2]
        reference.take("AN")
    if "number" not in texts:
        texts["number"] = strip_line(reference.take("C7", "AR", "M1"))
    return texts


def _read_state(reference: Reference, *, is_preprint: bool) -> str:
    """The status; a note, or a word in place of the year, that says nothing else is taken."""
    notes = [clean_line(value) for tag in _STATE_TAGS for value, _ in reference.values.get(tag, ())]
    noted = next(filter(None, map(read_state, notes)), "")
    status = "preprint" if is_preprint else noted or ("to appear" if reference.kind == "INPR" else "")
    if status and noted == status:
        for tag in _STATE_TAGS:
            found = reference.values.get(tag, [])
            reference.values[tag] = [one for one in found if read_state(clean_line(one[0])) != status]
    return status


def _read_title(reference: Reference) -> str:
    for tag in ("TI", "T1"):
        titles = {strip_line(value): line for value, line in reference.values.get(tag, ())}
        if len(titles) > 1:
            second = list(titles.values())[1]
            raise UnusableError("the reference has two titles (is an 'ER  - ' missing between them?)", line=second)
    title = strip_line(reference.take("TI", "T1", "CT"), keeps_emphasis=True)
    if not title:
        raise UnusableError("the reference has no title ('TI  - ')", line=reference.line)
    return title


def _read_people(reference: Reference) -> Iterator[tuple[Author, ...]]:
    """Authors, editors, and translators; the authors of an edited book are its editors."""
    lists = {"author": ("AU", "A1"), "editor": ("ED", "A2"), "translator": ("A4",)}
    if reference.kind == "EDBOOK" and not reference.get("ED", "A2"):
        lists |= {"author": (), "editor": ("AU", "A1")}
    for tags in lists.values():
        found = reference.take_all(*tags)
        people = read_names([name for name, _ in found], with_groups=True)
        reference.doubts += [(found[0][1], doubt) for doubt in people.doubts]
        yield people.authors


def _read_issued(reference: Reference) -> str:
    """The date of the first tag that gives one, preferably a full one."""
    texts = {tag: clean_line(text) for tag in ("DA", "PY", "Y1") if (text := reference.get(tag))}
    dates = {tag: _parse_date(text) for tag, text in texts.items() if not read_state(text)}
    best = sorted((tag for tag in dates if dates[tag].date), key=lambda tag: dates[tag].is_doubtful)
    for tag, date in dates.items():
        if best and not date.is_doubtful and date.date[:4] == dates[best[0]].date[:4]:
            reference.take(tag)
    shown = best[0] if best else next(iter(dates), "")
    if shown and dates[shown].is_doubtful:
        told = f"was read as {dates[shown].date}" if best else "is not a date"
        reference.doubts.append((reference.find_line(shown), f"{texts[shown]!r:.80} {told}; kept as text"))
    return dates[shown].date if best else ""


def _parse_date(text: str) -> Issued:
    """A date as RIS writes it, `2025/11/03/` or `2019///Spring`, or as others do."""
    year, month, day, rest = [*map(str.strip, text.split("/", 3)), "", "", ""][:4]
    return join_issued(year, month or rest, day)


def _read_page(reference: Reference) -> str:
    first, last = clean_line(reference.take("SP")), clean_line(reference.take("EP"))
    pages = f"{first}–{last}" if first and last and last != first and last not in first else first
    return join_pages(pages)
