"""What the import promises for a bibliography, however damaged it is.

Whatever the bytes, reading ends without a bug's traceback, and nothing is lost silently:

1. An intact entry, with the line break or comma before it, is read as if its neighbors were intact too. (The second
   copy of a BibTeX entry is reported.) If BibTeX entries share a line, this holds with one damaged neighbor: two faults
   can cancel out, and what they enclose then belongs to something else by the format's own rules. CSL-JSON is read up
   to the first error in the JSON, which is reported. Each field of such an entry is kept, or reported by its name.
2. An intact entry that can't be used, and a damaged one that still has a line with its head, a field, or a tag, is
   read or reported, with one of its own lines or, if a brace is missing, the line after; several damaged ones in a row
   are one stretch, which is reported at least once.
3. What is read can be stored: it has no control characters and nothing that can't be encoded. Each report is one
   printable line with a place in the file.
4. Each imported record becomes a row, is reported as merged into one, becomes a question, or is refused. A second
   import changes no byte and raises the same questions.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Sequence
from itertools import accumulate, groupby

from octavo.errors import Problem
from octavo.importing.decisions import Owner
from octavo.importing.editing.layout import read_table_text
from octavo.importing.markup import drop_emphasis
from octavo.importing.planning import Memory, draft_plan, make_plan, update_provenance
from octavo.importing.readers.files import read_references
from octavo.importing.record import Record
from tests.importing.fuzzing import Document, Piece, split_lines

_NEVER_STORED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufeff]")


def check_promises(document: Document) -> None:
    """Read the document.

    Raises:
        AssertionError: if a promise is broken.
    """
    found = list(read_references(document.content, "refs", document.format))
    records = [one for one in found if isinstance(one, Record)]
    problems = [one for one in found if isinstance(one, Problem)]
    assert found, "neither read nor reported"
    for record in records:
        _check_record(record)
    for problem in problems:
        assert problem.line >= 1 <= problem.column, problem
        assert str(problem).isprintable(), problem
    lines_told = {one.line for one in problems if one.severity == "error" or "; skipped" in one.message}
    ends_early = any("nothing after this point was read" in problem.message for problem in problems)
    _check_pieces(document, records, lines_told, ends_early=ends_early)
    _check_import(records)


def _check_import(records: Sequence[Record]) -> None:
    table, memory = read_table_text(b"[]\n", "publications.yml"), Memory({}, read_table_text(b"", "answers.yml"))
    plan = make_plan(table, memory, records, Owner())
    refused = sum(problem.severity == "error" for problem in plan.problems)
    placed = [target.joined for target in plan.told.values()]
    assert sum(map(len, placed)) + len(plan.questions) + refused >= len(records), "a record disappeared"
    assert sum(len(joined) - 1 for joined in placed) == len(plan.merges), "merged silently"
    assert len(plan.additions) == len(placed)
    content = draft_plan(table, plan).content
    memory = Memory(update_provenance(plan), read_table_text(plan.decisions, "answers.yml"))
    again = make_plan(read_table_text(content, "publications.yml"), memory, records, Owner())
    assert (again.additions, again.changes, again.conflicts, again.merges) == ([], {}, [], []), (
        "changed by a second import"
    )
    assert [question.name for question in again.questions] == [question.name for question in plan.questions]
    assert update_provenance(again) == memory.provenance


def _check_pieces(document: Document, records: list[Record], lines_told: set[int], *, ends_early: bool) -> None:
    lines_named = lines_told | {_find_line(record) for record in records}
    seen: set[str] = set()
    for piece, lines in _place_entries(document):
        if ends_early and (not piece.is_whole or '"items"' in document.pieces[0].text):
            return
        if piece.is_whole and piece.title and not (document.format in ("bibtex", "ris") and piece.title in seen):
            read = [
                record
                for record in records
                if drop_emphasis(record.title) == piece.title and _find_line(record) in lines
            ]
            assert read, f"intact, but not read: {piece.text!r}"
            assert piece.family in [author.family for author in read[0].author]
            kept = str(dataclasses.asdict(read[0]))
            assert [text for text in piece.reported if text not in kept] == [], f"a field is lost: {piece.text!r}"
        elif piece.is_whole or piece.has_line_left:
            assert not lines_named.isdisjoint(lines), f"lost: {piece.text!r}"
        if piece.is_whole:
            seen.add(piece.title)


def _place_entries(document: Document) -> Iterator[tuple[Piece, range]]:
    """Each entry with the lines for which it may be read or reported."""
    starts = list(accumulate((len(piece.text) for piece in document.pieces), initial=0))
    lines = [len(split_lines(document.text[:start])) for start in starts]
    entries = [(piece, place) for place, piece in enumerate(document.pieces) if piece.original]
    for _, stretch in groupby(entries, key=lambda entry: entry[1] if entry[0].is_whole else -1):
        together = list(stretch)
        end = lines[together[-1][1] + 1] + (document.format != "ris")
        yield from ((piece, range(lines[together[0][1]], end + 1)) for piece, _ in together)


def _check_record(record: Record) -> None:
    assert record.title
    for text in [*map(str, record.author), *dataclasses.asdict(record).values()]:
        assert not isinstance(text, str) or not _NEVER_STORED.search(text), f"can't be stored: {text!r}"


def _find_line(record: Record) -> int:
    return int(record.place.rsplit(":", 2)[1])
