"""BibTeX's syntax: a file's entries with their places, and a problem for each part that can't be one.

The grammar is that of Patashnik, "BibTeXing", 1988. Every part has its exact place, and nothing is lost silently: no
entry reaches into the next line that begins with one, entries that a broken one on the same line swallowed are read,
and what looks like a damaged entry is reported.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from octavo.errors import Problem
from octavo.importing.journals import BIBTEX
from octavo.importing.problems import Positions
from octavo.importing.readers.bibtex_strays import find_next_entry, find_unclosed_field, list_strays

# Styles define the first three letters only, but people write the others as well.
_MONTH_NAMES = """
jan feb mar apr may jun jul aug sep oct nov dec
sept january february march april june july august september october november december
""".split()  # noqa: SIM905  a list of words reads best as words

_OLD_MAC_LINE_END = re.compile(r"\r(?!\n)")
_LINE_START = re.compile(r"^(?=[ \t\ufeff]*@\s*\w*\s*[{(])", re.MULTILINE)
_HEAD = re.compile(r"@\s*(?P<type>\w+)\s*(?P<open>[{(])")
_NAME = re.compile(r"""[^\s,={}"#%()@]+""")
_PIECE = re.compile(rf"""\s*(?:(?P<word>{_NAME.pattern})|(?P<open>[{{"]))""")
_GAP, _SPACE = re.compile(r"[\s,]*"), re.compile(r"\s*")
_CLOSE = {"{": "}", "(": ")", '"': '"'}
_MARKS = {close: re.compile(f"[{{}}{close}]") for close in _CLOSE.values()}
# The key of an entry or the name of a field, in a block that this closes.
_KEYS = {close: re.compile(rf'\s*([^,={{}}"{close}]*)') for close in ")}"}
# Reading the rest of a line again after each broken entry takes time quadratic in its length.
_RETRY_BUDGET = 2_000_000
# Thirty times `@string{a = a # a}` would be a billion characters.
_LONGEST_EXPANSION = 100_000


@dataclass(frozen=True, slots=True)
class Field:
    """The value of a field, macros and concatenation resolved, and the offset of its name."""

    value: str
    offset: int


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry as written; names of fields in lower case."""

    type: str
    key: str
    fields: dict[str, Field]
    offset: int

    def is_like(self, other: Entry) -> bool:
        """Whether it says the same."""
        return self.type == other.type and self._values == other._values

    @property
    def _values(self) -> dict[str, str]:
        return {name: " ".join(field.value.split()) for name, field in self.fields.items()}


class _BrokenBlock(Exception):  # noqa: N818 - it never leaves this module
    """What is wrong with a block, and where."""

    def __init__(self, offset: int, message: str) -> None:
        self.offset = offset
        self.message = message
        super().__init__(message)


def parse_bibtex(text: str, positions: Positions) -> Iterator[Entry | Problem]:
    """Entries in the file's order, and a problem for each part that can't be read."""
    reader = _Reader(_OLD_MAC_LINE_END.sub("\n", text), positions)
    starts = [match.start() for match in _LINE_START.finditer(reader.text)]
    for start, end in pairwise(dict.fromkeys([0, *starts, len(text)])):
        yield from reader.read(start, end)


@dataclass
class _Reader:
    text: str
    positions: Positions
    macros: dict[str, str] = field(default_factory=lambda: {**BIBTEX, **{name: name for name in _MONTH_NAMES}})
    doubts: list[Problem] = field(default_factory=list)
    """Warnings about the current block, if it can be read."""

    def read(self, start: int, end: int) -> Iterator[Entry | Problem]:
        """The entries of a stretch of text, which begins with an entry (except for the file's first)."""
        tries, position, is_sound = 1 + _RETRY_BUDGET // (end - start), start, True
        while head := _HEAD.search(self.text, position, end):
            yield from self._report_strays(position, head.start(), with_fields=is_sound)
            self.doubts.clear()
            try:
                entry, position = self._read_block(head, end)
                yield from [entry] if entry else []
                yield from self.doubts
                is_sound = True
            except _BrokenBlock as error:
                yield self.positions.report(error.offset, error.message)
                restart = find_next_entry(self.text, head.end(), end)
                yield from self._report_strays(head.end(), restart or end, with_fields=False)
                position, is_sound, tries = restart or end, False, tries - 1
                if restart and not tries:
                    yield self.positions.report(restart, "too many errors on this line; the rest of it was skipped")
                    return
        yield from self._report_strays(position, end, with_fields=is_sound)

    def _report_strays(self, start: int, end: int, *, with_fields: bool) -> Iterator[Problem]:
        for offset, message in list_strays(self.text, start, end, with_fields):
            yield self.positions.report(offset, message)

    def _read_block(self, head: re.Match[str], end: int) -> tuple[Entry | None, int]:
        """The entry that a block is, if it is one, and where the block ends."""
        kind, close = head["type"].lower(), _CLOSE[head["open"]]
        if kind in ("comment", "preamble"):
            position = self._find_close(head.end(), end, close)
            if position is None:
                raise _BrokenBlock(head.start(), f"the {kind} is never closed (missing {close!r})")
            return None, position + 1
        position = head.end()
        if kind == "string":
            fields, position = self._read_fields(head, position, end)
            self.macros |= {name: found.value for name, found in fields.items()}
            return None, position
        key, position = self._read_key(close, position, end)
        if position < end and self.text[position] not in (",", close):
            raise _BrokenBlock(head.start(), "the entry has no key, or no ',' after it")
        fields, position = self._read_fields(head, position, end)
        return Entry(kind, key, fields, head.start()), position

    def _read_fields(self, head: re.Match[str], position: int, end: int) -> tuple[dict[str, Field], int]:
        """A block's fields, and where the block ends."""
        fields: dict[str, Field] = {}
        close, count = _CLOSE[head["open"]], 1
        while (position := self._skip(_GAP, position, end)) < end and self.text[position] != close:
            start = position
            name, position = self._read_name(close, start, end)
            value, position = self._read_value(position, end, name, start)
            if name not in fields:
                fields[name] = Field(value, start)
            elif fields[name].value != value:
                count += 1
                fields[f"{name}-{count}"] = Field(value, start)
                self._doubt(start, f"the field {name!r} is repeated with another value; the first one is used")
            if position < end and self.text[position] not in (",", close):
                wrong = self.text[position]
                message = f"expected ',' or the entry's end after the value of {name!r}, not {wrong!r}"
                raise _BrokenBlock(position, message)
        if position == end:
            raise self._explain_end(head, end)
        return fields, position + 1

    def _explain_end(self, head: re.Match[str], end: int) -> _BrokenBlock:
        """What is never closed in a block that the stretch ends in."""
        if unclosed := find_unclosed_field(self.text, head.end(), end):
            start, name, close = unclosed
            return _BrokenBlock(start, f"the value of {name!r} is never closed (missing {close!r})")
        return _BrokenBlock(head.start(), f"the entry is never closed (missing {_CLOSE[head['open']]!r})")

    def _read_name(self, close: str, start: int, end: int) -> tuple[str, int]:
        """A field's name, and where its value begins."""
        name, position = self._read_key(close, start, end)
        if self.text[position : position + 1] != "=":
            raise _BrokenBlock(start, f"expected '=' after {name[:80]!r}")
        if not _NAME.fullmatch(name):
            raise _BrokenBlock(start, f"{name.partition(chr(10))[0]!r} is not a field name (is a ',' or '=' missing?)")
        return name.lower(), position + 1

    def _read_key(self, close: str, position: int, end: int) -> tuple[str, int]:
        match = _KEYS[close].match(self.text, position, end)
        return (match[1].rstrip(), match.end()) if match else ("", position)

    def _read_value(self, position: int, end: int, name: str, offset: int) -> tuple[str, int]:
        """A value's pieces, joined, and the position of what follows."""
        pieces: list[str] = []
        while match := _PIECE.match(self.text, position, end):
            piece, position = self._read_piece(match, end, name, offset)
            pieces.append(piece)
            if len(pieces) > 1 and sum(map(len, pieces)) > _LONGEST_EXPANSION:
                raise _BrokenBlock(offset, f"the value of {name!r} grows beyond {_LONGEST_EXPANSION} characters by '#'")
            position = self._skip(_SPACE, position, end)
            if position == end or self.text[position] != "#":
                return "".join(pieces), position
            position += 1
        raise _BrokenBlock(offset, f"the field {name!r} has no value")

    def _read_piece(self, match: re.Match[str], end: int, name: str, offset: int) -> tuple[str, int]:
        """A piece of a value, and where it ends."""
        word = match["word"]
        if word is None:
            close = _CLOSE[match["open"]]
            position = self._find_close(match.end(), end, close)
            if position is None:
                raise _BrokenBlock(offset, f"the value of {name!r} is never closed (missing {close!r})")
            return self.text[match.end() : position], position + 1
        if word.lower() not in self.macros and not word.isdecimal():
            self._doubt(match.start("word"), f"the macro {word!r} isn't defined; its name was used as text")
        return self.macros.get(word.lower(), word), match.end()

    def _doubt(self, offset: int, message: str) -> None:
        self.doubts.append(self.positions.report(offset, message, "warning"))

    def _find_close(self, position: int, end: int, close: str) -> int | None:
        """Where the brace, parenthesis, or quotation mark is that closes what begins at the position."""
        depth = 0
        for match in _MARKS[close].finditer(self.text, position, end):
            if depth == 0 and match[0] == close:
                return match.start()
            depth += {"{": 1, "}": -1}.get(match[0], 0)
            if depth < 0:
                return None
        return None

    def _skip(self, pattern: re.Pattern[str], position: int, end: int) -> int:
        match = pattern.match(self.text, position, end)
        return match.end() if match else position
