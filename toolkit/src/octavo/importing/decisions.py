"""The owner's answers about whether an entry and a row are the same work: `data/provenance/answers.yml`.

    - entry: noether1921
      source: refs.bib
      title: Idealtheorie in Ringbereichen
      row: ideals
      answer: same

A question that is still open has no answer: its entry stays out of the table until somebody writes `same` or
`different`, here, at the prompt, or on the command line. The file is edited as the tables are, so that comments stay.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from rapidfuzz import fuzz

from octavo.errors import DataError, OctavoError, Problem
from octavo.importing.comparing import fold_text
from octavo.importing.editing.layout import TableText
from octavo.importing.editing.table import edit_table
from octavo.importing.identity import SIMILAR_TITLE
from octavo.importing.statement import Statement
from octavo.language.current import DEFAULT

SAME, DIFFERENT = "same", "different"
_FIELDS = ("entry", "source", "title", "row", "answer")
_HEADING = """\
# Do these entries describe the same work as these rows? Write `answer: same` or `answer: different` below a question.
# An entry without an answer stays out of the table, and each import asks again.
"""


class Owner(NamedTuple):
    """What the owner said on the command line and at the prompt."""

    take: Collection[str] = ()
    """Fields such as `lynx.title`, rows such as `lynx`, or `all`."""
    keep: Collection[str] = ()
    same: Sequence[tuple[str, str]] = ()
    """Answers: pairs of an entry's place or key and the id of a row."""
    different: Sequence[tuple[str, str]] = ()
    """Without a row: the entry is none of the rows in question."""
    language: str = DEFAULT
    """The project's language, which is that of text without a stated one."""


class Decisions:
    """The answers from the file and from this run, and the open questions."""

    def __init__(self, table: TableText, owner: Owner, renamed: Mapping[str, str] | None = None) -> None:
        """Read the file's answers; `renamed` has the new ids of rows.

        Raises:
            DataError: with every entry of the file that isn't an answer.
        """
        _check(table)
        self._table = table
        self._owner = owner
        self._items: list[dict[str, str]] = []
        self._by_entry: dict[str, list[dict[str, str]]] = defaultdict(list)
        for item in table.rows:
            row = (renamed or {}).get(item["row"], item["row"])
            self._add({**item, "row": row, "answer": item.get("answer") or ""})

    def find(self, statement: Statement) -> dict[str, str]:
        """The owner's answers about an entry, by row: `same`, `different`, or empty if still open."""
        found = {item["row"]: item["answer"] for item in self._list(statement)}
        names = {statement.place, statement.key, statement.name} - {""}
        found |= {row: SAME for entry, row in self._owner.same if entry in names}
        for entry, row in self._owner.different:
            if entry in names:
                found |= {row: DIFFERENT} if row else dict.fromkeys((*found, ""), DIFFERENT)
        return found

    def remember(self, statement: Statement, answers: Mapping[str, str]) -> None:
        """Store the answers and open questions about an entry."""
        known = {item["row"]: item for item in self._list(statement)}
        for row, answer in answers.items():
            if row in known:
                known[row]["answer"] = answer
            elif row:
                about = {"entry": statement.name, "source": statement.source, "title": str(statement.fields["title"])}
                self._add({**about, "row": row, "answer": answer})

    def write(self) -> bytes:
        """The file's bytes."""
        table, old = self._table, self._table.rows
        changes = {
            number: {name: value for name, value in item.items() if value != (was.get(name) or "")}
            for number, (was, item) in enumerate(zip(old, self._items, strict=False))
        }
        changes = {number: fields for number, fields in changes.items() if fields}
        new = [(len(old), {name: value for name, value in item.items() if value}) for item in self._items[len(old) :]]
        if not changes and not new:
            return table.encode(table.text)
        edited = edit_table(table, _FIELDS, changes, new)
        return table.encode(edited.text if table.text else _HEADING + edited.text)

    def _add(self, item: dict[str, str]) -> None:
        self._items.append(item)
        self._by_entry[item["entry"]].append(item)

    def check_rows(self, rows: Iterable[str]) -> None:
        """Refuse an answer from this run that names an unknown row.

        Raises:
            OctavoError: with the first of them.
        """
        known = {*rows, ""}
        for option, answers in (("--same", self._owner.same), ("--different", self._owner.different)):
            for entry, row in answers:
                if row not in known:
                    raise OctavoError(f"{option} {entry}={row}: no row has the id {row!r}")

    def _list(self, statement: Statement) -> list[dict[str, str]]:
        """The items about an entry. Its file may have been renamed since, and another entry may have the same key."""
        title = fold_text(str(statement.fields.get("title", "")))
        found = self._by_entry.get(statement.name, ())
        return [item for item in found if fuzz.ratio(title, fold_text(item["title"])) >= SIMILAR_TITLE]


def _check(table: TableText) -> None:
    problems = [problem for index, item in enumerate(table.rows) for problem in _list_faults(table, index, item)]
    if problems:
        raise DataError(problems)


def _list_faults(table: TableText, index: int, item: Mapping[str, Any]) -> Sequence[Problem]:
    faults = [f"an answer needs {name}" for name in _FIELDS[:4] if not isinstance(item.get(name), str)]
    if item.get("answer") not in (None, "", SAME, DIFFERENT):
        faults.append(f"answer: expected {SAME!r} or {DIFFERENT!r}, or nothing yet, not {item['answer']!r}")
    line, column = table.source.locate(table.places[index].start)
    return [Problem(table.source.path, line, column, fault) for fault in faults]
