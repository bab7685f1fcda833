"""The index: which entries have a term, and where, in pieces that a browser loads when it needs them.

A line of a piece is a term followed by a list for each field that has it: `T` title, `A` people, `P` place, `X` text,
each with the entries' numbers in base 36, all but the first as the difference from the one before: `idealT0,2X5`.
`search.js` reads them. A term in the text of a quarter of many entries has `X*` in place of a long list.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from octavo.search.entry import Entry
from octavo.search.terms import list_terms

FIELDS = "TAPX"
_PIECE = 16_000
_LONG_LIST = 250
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


class Index(NamedTuple):
    """The pieces, the first term of each, and all terms, in the order of UTF-16, which is that of JavaScript."""

    pieces: list[str]
    first: list[str]
    terms: list[str]


def make_index(entries: Sequence[Entry]) -> Index:
    """The index of the entries, which it calls by their position."""
    places: dict[str, tuple[list[int], ...]] = defaultdict(lambda: ([], [], [], []))
    for number, entry in enumerate(entries):
        known: set[str] = set()
        for which, text in enumerate(entry.fields):
            # A term counts where it weighs most.
            for term in list_terms(text) - known:
                places[term][which].append(number)
                known.add(term)
    terms = sorted(places, key=lambda term: term.encode("utf-16-be"))
    longest = max(_LONG_LIST, len(entries) // 4)
    parts = list(_split([(term, _write_term(term, places[term], longest)) for term in terms]))
    return Index(["".join(line for _, line in part) for part in parts], [part[0][0] for part in parts], terms)


def _split(lines: Sequence[tuple[str, str]]) -> Iterator[Sequence[tuple[str, str]]]:
    start = size = 0
    for position, (_, line) in enumerate(lines):
        if size + len(line) > _PIECE and position > start:
            yield lines[start:position]
            start, size = position, 0
        size += len(line)
    if lines:
        yield lines[start:]


def _write_term(term: str, lists: Sequence[Sequence[int]], longest: int) -> str:
    written = [
        f"{name}{'*' if name == 'X' and len(numbers) > longest else ','.join(_write_steps(numbers))}"
        for name, numbers in zip(FIELDS, lists, strict=True)
        if numbers
    ]
    return f"{term}{''.join(written)}\n"


def _write_steps(numbers: Sequence[int]) -> Iterator[str]:
    before = 0
    for number in numbers:
        yield _write_number(number - before)
        before = number


def _write_number(number: int) -> str:
    digits = ""
    while number or not digits:
        number, digit = divmod(number, 36)
        digits = _DIGITS[digit] + digits
    return digits
