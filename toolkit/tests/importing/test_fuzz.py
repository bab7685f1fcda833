"""Random input in each format: no traceback, no hang, no loss, as `promises` defines them."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from octavo.importing.editing.layout import TableText
from octavo.importing.planning import Memory, Plan, make_plan
from octavo.importing.readers import files
from octavo.importing.record import Record
from tests.importing import promises
from tests.importing.fuzzing import FORMATS, Document, Piece, documents, garbage
from tests.importing.promises import check_promises

# Inputs are a few kilobytes, so that this is a hang even on the slowest machine.
SECONDS = 20

fuzzed = settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


@contextmanager
def limit_time() -> Iterator[None]:
    """Fail if the block takes so long that it must hang."""

    def fail(*_: Any) -> None:
        raise AssertionError(f"not read within {SECONDS} seconds")

    # Counts only this process's own time, so that a busy machine is no hang.
    before = signal.signal(signal.SIGVTALRM, fail)
    signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


@pytest.mark.parametrize("format_", FORMATS)
@fuzzed
@given(st.data())
def test_nothing_in_a_damaged_file_is_lost(format_: str, data: st.DataObject) -> None:
    document = data.draw(documents(format_))
    with limit_time():
        check_promises(document)


@pytest.mark.parametrize("format_", FORMATS)
@fuzzed
@given(st.data())
def test_no_bytes_cause_a_traceback_or_a_hang(format_: str, data: st.DataObject) -> None:
    document = data.draw(garbage(format_))
    with limit_time():
        check_promises(document)


ENTRIES = {
    "bibtex": "@misc{{k{0}, title = {{Work {0}}}, author = {{Family{0}, A.}}, doi = {{10.1000/{0}}}}}",
    "ris": "TY  - JOUR\nTI  - Work {0}\nAU  - Family{0}, A.\nDO  - 10.1000/{0}\nER  - ",
    "csl": '{{"id": "k{0}", "title": "Work {0}", "author": [{{"family": "Family{0}"}}], "DOI": "10.1000/{0}"}}',
}
AROUND = {"bibtex": ("", "\n", ""), "ris": ("", "\n", ""), "csl": ("[", ",\n", "]")}


@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize("fault", ["drops one", "drops a field", "names no line", "raises", "keeps control characters"])
def test_a_faulty_reader_is_detected(format_: str, fault: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The promises have teeth: a reader that breaks one fails."""
    head, gap, tail = AROUND[format_]
    texts = [ENTRIES[format_].format(number) for number in range(3)]
    entries = [
        Piece(text, text, f"Work {number}", f"Family{number}", (f"10.1000/{number}",))
        for number, text in enumerate(texts)
    ]
    pieces = (Piece(head), entries[0], Piece(gap), entries[1], Piece(gap), entries[2], Piece(tail))
    document = Document(format_, "".join(piece.text for piece in pieces).encode(), pieces)
    check_promises(document)
    read = files.READERS[format_]

    def read_badly(text: str, path: str) -> Iterator[Any]:
        for found in read(text, path):
            is_second = isinstance(found, Record) and found.title == "Work 1"
            if is_second and fault == "raises":
                raise KeyError(found.key)
            if is_second and fault == "names no line":
                yield found.credit(found.source, found.rank, "refs:99:1")
            elif is_second and fault == "drops a field":
                yield replace(found, doi="")
            elif is_second and fault == "keeps control characters":
                yield found.credit("\x00", found.rank)
            elif not is_second:
                yield found

    monkeypatch.setitem(files.READERS, format_, read_badly)
    with pytest.raises((AssertionError, KeyError)):
        check_promises(document)


@pytest.mark.parametrize(
    ("fault", "message"), [("merges", "merged silently"), ("told", "a record disappeared"), ("rows", "changed")]
)
def test_a_faulty_plan_is_detected(fault: str, message: str, monkeypatch: pytest.MonkeyPatch) -> None:
    entry = "@misc{{{}, title = {{Rings and Their Ideals}}, author = {{Noether, Emmy}}, doi = {{10.1000/1}}}}\n"
    document = Document("bibtex", "".join(map(entry.format, "abc")).encode())
    check_promises(document)

    def plan_badly(table: TableText, memory: Memory, *rest: Any) -> Plan:
        plan = make_plan(table, Memory({}, memory.decisions) if fault == "rows" else memory, *rest)
        if fault == "merges":
            plan.merges.pop()
        elif fault == "told":
            plan.told.clear()
        return plan

    monkeypatch.setattr(promises, "make_plan", plan_badly)
    with pytest.raises(AssertionError, match=message):
        check_promises(document)
