"""Edits of text: applies them and shows them as a diff."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from difflib import unified_diff
from itertools import accumulate
from typing import NamedTuple

CONTEXT = 3
_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_HUNK = re.compile(r"@@ -(\d+)(,\d+)? \+(\d+)(,\d+)? @@")


class Edit(NamedTuple):
    """Replaces the characters from `start` up to `end`; inserts if they are equal."""

    start: int
    end: int
    text: str


def sort_edits(edits: Iterable[Edit]) -> list[Edit]:
    """Sorted by position; edits at the same position keep their order."""
    return sorted(edits, key=lambda edit: (edit.start, edit.end))


def apply_edits(text: str, edits: Iterable[Edit]) -> str:
    """The text with all edits applied.

    Raises:
        ValueError: if two edits overlap.
    """
    pieces: list[str] = []
    position = 0
    for edit in sort_edits(edits):
        if edit.start < position:
            raise ValueError(f"edits overlap at character {edit.start}")
        pieces += (text[position : edit.start], edit.text)
        position = edit.end
    pieces.append(text[position:])
    return "".join(pieces)


def make_diff(text: str, edits: Sequence[Edit], path: str) -> Iterator[str]:
    """The lines of a unified diff, each without its line break; it takes time proportional to what changes."""
    starts = [0, *accumulate(map(len, _LINE.findall(text)))]
    shift, header = 0, [f"--- {path}", f"+++ {path}"]
    for first, last, together in _group_edits(starts, edits):
        begin, end = starts[first], starts[last]
        moved = [Edit(edit.start - begin, edit.end - begin, edit.text) for edit in together]
        old, new = _LINE.findall(text[begin:end]), _LINE.findall(apply_edits(text[begin:end], moved))
        for line in list(unified_diff(old, new, n=CONTEXT, lineterm=""))[2:]:
            yield from header
            header = []
            yield _move_hunk(line, first, first + shift) if line.startswith("@@") else line.rstrip("\r\n")
        shift += len(new) - len(old)


def _group_edits(starts: Sequence[int], edits: Sequence[Edit]) -> Iterator[tuple[int, int, list[Edit]]]:
    """Edits that are shown together, with the first of their lines and the one after the last, context included."""
    first = last = 0
    together: list[Edit] = []
    for edit in sort_edits(edits):
        line = max(bisect_right(starts, edit.start) - 1 - CONTEXT, 0)
        if together and line > last:
            yield first, last, together
            together = []
        first = first if together else line
        last = min(bisect_right(starts, edit.end) + CONTEXT, len(starts) - 1)
        together.append(edit)
    if together:
        yield first, last, together


def _move_hunk(line: str, old: int, new: int) -> str:
    """The head of a hunk, whose numbers count from the first of its lines, as counted from the files' beginning."""
    match = _HUNK.fullmatch(line)
    assert match, "difflib writes it"  # noqa: S101
    return f"@@ -{int(match[1]) + old}{match[2] or ''} +{int(match[3]) + new}{match[4] or ''} @@"
