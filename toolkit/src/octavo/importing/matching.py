"""Matches records with the table's rows, and with each other.

By DOI, then by arXiv identifier, then by title, first author and year. Where a record is neither surely the same work
nor surely another, a person is asked; it is never merged.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from rapidfuzz import fuzz, process

from octavo.errors import OctavoError
from octavo.importing.comparing import fold_text, read_author
from octavo.importing.describing import is_published
from octavo.importing.record import Record
from octavo.model.authors import Author
from octavo.model.dates import PartialDate
from octavo.model.identifiers import find_arxiv, fold_doi, normalize_arxiv

# Titles, of 100, by rapidfuzz's ratio (the normalized indel distance). Between a title's versions in Crossref, DBLP
# and arXiv stand a hyphen, a plural, "toward(s)": one to three letters in seventy, which is 97 and more. Two papers of
# one group in one year with a word in seven exchanged come to about 85 to 94: that is a question.
SAME_TITLE = 95.0
SIMILAR_TITLE = 85.0
# A preprint may be this much older than the paper; a conference's year and its proceedings' differ by one.
PREPRINT_YEARS = 3
YEARS = 1

# Words in more titles than this tell nothing.
_COMMON = 300
_RAREST = 4
_ROMAN = re.compile(r"i{1,3}|i?v|vi{1,3}|i?x")


@dataclass(frozen=True, slots=True)
class Question:
    """A record that may describe the same work as a row or another record."""

    place: str
    title: str
    candidates: tuple[str, ...]
    """Ids of rows, or places of records that aren't rows yet."""
    reason: str

    def explain(self, command: str) -> str:
        """The question, and the two commands that answer it."""
        rows = " or ".join(repr(candidate) for candidate in self.candidates)
        return (
            f"{self.place}: is {self.title!r} the same work as {rows} ({self.reason})? Skipped until you answer. "
            f"If so: {command} --same {self.place}={self.candidates[0]}; if not: {command} --new {self.place}"
        )


@dataclass(frozen=True, slots=True)
class Answers:
    """The owner's answers: the id of a record's row, by its place or key, or that it is new."""

    same: Mapping[str, str] = field(default_factory=dict)
    new: Collection[str] = ()


@dataclass
class Groups:
    """Records by the row they describe, records of new works by work, and questions for a person."""

    by_row: dict[int, list[Record]] = field(default_factory=dict)
    new: list[list[Record]] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)


def group_records(rows: Sequence[Mapping[str, Any]], records: Iterable[Record], answers: Answers) -> Groups:
    """Match each record with the rows and with the records before it.

    Raises:
        OctavoError: if an answer names a row that isn't there.
    """
    return _Grouper(rows, answers).group(records)


class _Grouper:
    def __init__(self, rows: Sequence[Mapping[str, Any]], answers: Answers) -> None:
        self._names = [str(row.get("id", "")).strip() for row in rows]
        self._numbers = {name: number for number, name in enumerate(self._names)}
        self._answers = answers
        self._matcher = Matcher()
        self._groups = Groups()
        for row in rows:
            self._matcher.add(_describe_row(row))

    def group(self, records: Iterable[Record]) -> Groups:
        for record in records:
            self._place(record, _describe_record(record))
        return self._groups

    def _place(self, record: Record, work: Work) -> None:
        target = self._find_answer(record)
        if target is not None:
            self._join(target, record, work)
            return
        matches = [] if {record.place, record.key} & {*self._answers.new} - {""} else self._matcher.find(work)
        if not matches:
            self._matcher.add(work)
            self._groups.new.append([record])
        elif matches[0].is_sure:
            self._join(matches[0].number, record, work)
        else:
            self._groups.questions.append(self._ask(record, matches))

    def _join(self, number: int, record: Record, work: Work) -> None:
        self._matcher.extend(number, work.doi, work.arxiv)
        if number < len(self._names):
            self._groups.by_row.setdefault(number, []).append(record)
        else:
            self._groups.new[number - len(self._names)].append(record)

    def _find_answer(self, record: Record) -> int | None:
        row = self._answers.same.get(record.place) or (record.key and self._answers.same.get(record.key))
        if not row:
            return None
        if row not in self._numbers:
            raise OctavoError(f"--same {record.place}={row}: no row has the id {row!r}")
        return self._numbers[row]

    def _ask(self, record: Record, matches: Sequence[Match]) -> Question:
        return Question(
            record.place, record.title, tuple(self._name(match.number) for match in matches[:3]), matches[0].reason
        )

    def _name(self, number: int) -> str:
        if number < len(self._names):
            return self._names[number]
        return self._groups.new[number - len(self._names)][0].place


@dataclass(slots=True)
class Work:
    """What identifies a row or record; texts folded, identifiers normalized, empty where unknown."""

    title: str
    author: str
    year: int | None
    doi: str = ""
    arxiv: str = ""
    is_preprint: bool = False


@dataclass(frozen=True, slots=True)
class Match:
    """The number of a work added before, and whether it is surely the same."""

    number: int
    is_sure: bool
    score: float
    reason: str


@dataclass
class Matcher:
    """An index of works; finding one takes time that hardly grows with their number."""

    works: list[Work] = field(default_factory=list)
    _dois: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    _arxivs: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    _titles: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    _words: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))

    def add(self, work: Work) -> int:
        """Remember a work; its number counts from 0."""
        number = len(self.works)
        self.works.append(work)
        self.extend(number, work.doi, work.arxiv)
        self._titles[work.title].append(number)
        for word in set(work.title.split()):
            self._words[word].append(number)
        return number

    def extend(self, number: int, doi: str, arxiv: str) -> None:
        """Learn more identifiers of a work, such as the DOI of a former preprint."""
        work = self.works[number]
        work.doi, work.arxiv = work.doi or doi, work.arxiv or arxiv
        for index, identifier in ((self._dois, doi), (self._arxivs, arxiv)):
            if identifier and number not in index[identifier]:
                index[identifier].append(number)

    def find(self, work: Work) -> list[Match]:
        """The works that it may be, likeliest first, or the one that it surely is."""
        by_doi, by_arxiv = self._dois.get(work.doi, []), self._arxivs.get(work.arxiv, [])
        named = list(dict.fromkeys([*by_doi, *by_arxiv]))
        if len(named) > 1:
            return [Match(number, False, 100, "identifiers of more than one row") for number in named]
        if named:
            return [Match(named[0], True, 100, "DOI" if by_doi else "arXiv")]
        found = (self._judge(work, number, score) for number, score in self._list_candidates(work))
        matches = sorted((match for match in found if match), key=lambda match: (not match.is_sure, -match.score))
        sure = [match for match in matches if match.is_sure]
        if len(sure) > 1:
            return [Match(match.number, False, match.score, match.reason) for match in sure]
        return sure or matches

    def _list_candidates(self, work: Work) -> Iterable[tuple[int, float]]:
        """Works that share the title or one of its rarest words, with the likeness of their titles."""
        words = sorted(set(work.title.split()), key=lambda word: len(self._words.get(word, ())))
        rare = [word for word in words if 0 < len(self._words.get(word, ())) <= _COMMON][:_RAREST]
        shared = [self._titles.get(work.title, []), *(self._words[word] for word in rare)]
        numbers = dict.fromkeys(number for numbers in shared for number in numbers)
        if not numbers:
            return []
        titles = {number: self.works[number].title for number in numbers}
        found = process.extract(work.title, titles, scorer=fuzz.ratio, score_cutoff=SIMILAR_TITLE, limit=None)
        return [(number, score) for _, score, number in found]

    def _judge(self, work: Work, number: int, score: float) -> Match | None:
        other = self.works[number]
        if _excludes(work.doi, other.doi, work, other) or _excludes(work.arxiv, other.arxiv, work, other):
            return None
        same_author = bool(work.author) and work.author == other.author
        same_year = _are_near(work, other)
        if not (same_author and same_year) and (score < SAME_TITLE or not (same_author or same_year)):
            return None
        same_numbers = _list_numbers(work.title) == _list_numbers(other.title)
        is_sure = score >= SAME_TITLE and same_author and same_year and same_numbers
        if (work.doi and other.doi) or (work.arxiv and other.arxiv):
            is_sure = False  # a preprint with a DOI of its own, or a later version of the paper?
        return Match(number, is_sure, score, f"title {score:.0f} of 100")


def _describe_row(row: Mapping[str, Any]) -> Work:
    links = row.get("links") if isinstance(row.get("links"), Mapping) else {}
    addresses = [str(links.get(role) or "") for role in ("arxiv", "doi", "paper")] if isinstance(links, Mapping) else []
    arxiv = normalize_arxiv(str(row.get("arxiv") or "")) or find_arxiv(*addresses)
    doi = fold_doi(str(row.get("doi") or "")) or next(filter(None, map(fold_doi, addresses)), "")
    return Work(
        fold_text(str(row.get("title") or "")),
        _fold_first_author(row.get("authors")),
        _find_year(str(row.get("date") or "")),
        "" if normalize_arxiv(doi) else doi,
        arxiv or normalize_arxiv(doi),
        not is_published(row),
    )


def _describe_record(record: Record) -> Work:
    family = _fold_family(record.author[0])
    year = _find_year(record.issued)
    return Work(fold_text(record.title), family, year, fold_doi(record.doi), record.arxiv, record.is_preprint)


def _fold_first_author(authors: Any) -> str:
    try:
        return _fold_family(read_author(authors[0]))
    except (TypeError, IndexError, KeyError, ValueError):
        return ""


def _fold_family(author: Author) -> str:
    """The family name's last word, since sources disagree about particles and double surnames."""
    words = fold_text(author.family or author.literal).split()
    return words[-1] if words else ""


def _find_year(text: str) -> int | None:
    try:
        return PartialDate.parse(text).year
    except ValueError:
        return None


def _excludes(one: str, other: str, work: Work, known: Work) -> bool:
    """Whether two identifiers prove that these are two works; a preprint's may differ from the paper's."""
    return bool(one and other and one != other and work.is_preprint == known.is_preprint)


def _are_near(one: Work, other: Work) -> bool:
    if one.year is None or other.year is None:
        return True
    return abs(one.year - other.year) <= (PREPRINT_YEARS if one.is_preprint != other.is_preprint else YEARS)


def _list_numbers(title: str) -> list[str]:
    """Digits and Roman numerals: `Part I` and `Part II` are one letter apart and two papers."""
    return [word for word in title.split() if any(map(str.isdigit, word)) or _ROMAN.fullmatch(word)]
