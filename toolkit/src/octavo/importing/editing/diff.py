"""A unified diff of a text and its edits, made from the edits, so that it takes time proportional to what changes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from octavo.importing.editing.edits import Edit, apply_edits, sort_edits

CONTEXT = 3
_LINE = re.compile(r"[^\n]*\n|[^\n]+")


@dataclass(slots=True)
class _Change:
    """Lines of the old text, from `start` up to `end`, and those that take their place."""

    start: int
    end: int
    lines: list[str]


def make_diff(text: str, edits: Sequence[Edit], path: str) -> Iterator[str]:
    """The lines of the diff, each without its line break; nothing if nothing changes."""
    old = _LINE.findall(text)
    changes = [change for change in _list_changes(text, old, edits) if change.start < change.end or change.lines]
    if not changes:
        return
    yield f"--- {path}"
    yield f"+++ {path}"
    shift = 0
    for hunk in _group(changes):
        first, last = max(hunk[0].start - CONTEXT, 0), min(hunk[-1].end + CONTEXT, len(old))
        yield from _print_hunk(old, hunk, first, last, shift)
        shift += sum(len(change.lines) - (change.end - change.start) for change in hunk)


def _list_changes(text: str, old: Sequence[str], edits: Sequence[Edit]) -> Iterator[_Change]:
    """The edits by whole lines; those that touch the same lines together."""
    starts = [0, *accumulate(map(len, old))]
    line = 0
    pending: list[Edit] = []
    first = last = 0
    for edit in sort_edits(edits):
        while line + 1 < len(old) and starts[line + 1] <= edit.start:
            line += 1
        if pending and line > last:
            yield _make_change(text, old, starts, first, last, pending)
            pending = []
        if not pending:
            first = last = line
        pending.append(edit)
        # a line whose end is taken away becomes one with the next
        reach = edit.end + (edit.start < edit.end and not edit.text.endswith("\n"))
        while last + 1 < len(old) and starts[last + 1] < reach:
            last += 1
    if pending:
        yield _make_change(text, old, starts, first, last, pending)


def _make_change(
    text: str, old: Sequence[str], starts: Sequence[int], first: int, last: int, edits: Sequence[Edit]
) -> _Change:
    start, end = starts[first], starts[min(last + 1, len(old))]
    moved = [Edit(edit.start - start, edit.end - start, edit.text) for edit in edits]
    new = _LINE.findall(apply_edits(text[start:end], moved))
    begin, stop = first, min(last + 1, len(old))
    while new and begin < stop and old[begin] == new[0]:
        begin, new = begin + 1, new[1:]
    while new and begin < stop and old[stop - 1] == new[-1]:
        stop, new = stop - 1, new[:-1]
    return _Change(begin, stop, new)


def _group(changes: Sequence[_Change]) -> Iterator[list[_Change]]:
    hunk = [changes[0]]
    for before, change in pairwise(changes):
        if change.start - before.end > 2 * CONTEXT:
            yield hunk
            hunk = []
        hunk.append(change)
    yield hunk


def _print_hunk(old: Sequence[str], hunk: Sequence[_Change], first: int, last: int, shift: int) -> Iterator[str]:
    added = sum(len(change.lines) - (change.end - change.start) for change in hunk)
    count = last - first
    yield f"@@ -{_show_range(first, count)} +{_show_range(first + shift, count + added)} @@"
    position = first
    for change in hunk:
        yield from (f" {_chop(line)}" for line in old[position : change.start])
        yield from (f"-{_chop(line)}" for line in old[change.start : change.end])
        yield from (f"+{_chop(line)}" for line in change.lines)
        position = change.end
    yield from (f" {_chop(line)}" for line in old[position:last])


def _show_range(start: int, count: int) -> str:
    return f"{start + 1 if count else start},{count}"


def _chop(line: str) -> str:
    return line.rstrip("\r\n")
