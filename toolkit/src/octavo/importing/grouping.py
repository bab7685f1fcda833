"""Which records belong to which row, and which are new: all versions and descriptions of a work together."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from octavo.authors import Author
from octavo.dates import PartialDate
from octavo.errors import OctavoError
from octavo.identifiers import find_arxiv, fold_doi, normalize_arxiv
from octavo.importing.comparing import fold_text, read_author
from octavo.importing.describing import is_published
from octavo.importing.matching import Match, Matcher, Work
from octavo.importing.plan import Question
from octavo.importing.record import Record


@dataclass(frozen=True, slots=True)
class Answers:
    """What the owner answered to questions: by the record's place (or key), the id of its row; or that it is new."""

    same: Mapping[str, str] = field(default_factory=dict)
    new: Collection[str] = ()


@dataclass
class Groups:
    """Records by the row that they describe, those of new works by work, and what a person must say."""

    by_row: dict[int, list[Record]] = field(default_factory=dict)
    new: list[list[Record]] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)


def group_records(rows: Sequence[Mapping[str, Any]], records: Iterable[Record], answers: Answers) -> Groups:
    """Match every record with the rows, and with the records before it.

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
    """The family name's last word: sources disagree on what is a particle and what a second family name."""
    words = fold_text(author.family or author.literal).split()
    return words[-1] if words else ""


def _find_year(text: str) -> int | None:
    try:
        return PartialDate.parse(text).year
    except ValueError:
        return None
