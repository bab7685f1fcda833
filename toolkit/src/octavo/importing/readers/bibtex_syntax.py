"""The syntax of a BibTeX file: entries with positions, and a problem for each place that can't be one.

Our own scanner and not bibtexparser's: that one gives no columns and no place within a broken entry, and one megabyte
of `@a{` takes it six seconds and half a gigabyte. (In the tests, both must agree on what is well formed.) The grammar
is that of Patashnik, "BibTeXing" (1988), with one rule more: a line that begins with `@word{` begins an entry even
where an earlier one is still open, so that a missing brace costs one entry and never the rest of the file. Behind
something broken, an entry on the same line is found by a closing brace before it, or by its head, `@word{key, name =`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from octavo.errors import Problem
from octavo.importing.positions import Positions
from octavo.importing.readers.bibtex_heads import ENTRY, LINE_START, NEXT_ENTRY, list_lost

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

_KEY = re.compile(r"""\s*(?P<key>[^\s,={}"#%()]*)\s*""")
_NAME = re.compile(r"""[\s,]*(?P<name>[^\s,={}"#%()@]+)?\s*""")
_WORD = re.compile(r"""[^\s,={}"#%()@]+""")
_BRACE = re.compile(r"[{}]")
_BRACE_OR_QUOTE = re.compile(r'[{}"]')
_SPACE = re.compile(r"\s*")
_SWALLOWED_FIELD = re.compile(r",\s{0,99}\w{1,99}\s{0,99}=")
# On one line, trying again behind each broken entry takes time in the square of its length: so many letters in all.
_RETRY_BUDGET = 50_000_000
# `@string{a = a # a}`, thirty times over, would be a billion letters.
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


class _BrokenEntry(Exception):  # noqa: N818 - it never leaves this module
    """What is wrong with an entry, and where."""

    def __init__(self, offset: int, message: str) -> None:
        self.offset = offset
        self.message = message
        super().__init__(message)


def parse_bibtex(text: str, positions: Positions) -> Iterator[Entry | Problem]:
    """Entries in the file's order, and a problem for each that is broken; time proportional to the text."""
    starts = [match.start() for match in LINE_START.finditer(text)]
    bounds = [0, *starts, len(text)]
    scanner = _Scanner(text, positions)
    for start, end in pairwise(bounds):
        yield from scanner.scan(start, end)


@dataclass
class _Scanner:
    text: str
    positions: Positions
    macros: dict[str, str] = field(default_factory=lambda: {month: month for month in MONTHS})

    def scan(self, start: int, end: int) -> Iterator[Entry | Problem]:
        """What stands in one stretch, which begins at a line's `@word{` (the file's first stretch aside)."""
        position = start
        tries = 1 + min(1000, _RETRY_BUDGET // (end - start + 1))
        while match := ENTRY.search(self.text, position, end):
            yield from self._report_lost(position, match.start())
            try:
                found, position = self._read_block(match, end)
            except _BrokenEntry as error:
                yield self.positions.report(error.offset, error.message)
                tries -= 1
                following = NEXT_ENTRY.search(self.text, match.end(), end)
                yield from self._report_lost(match.end(), following.start() if following else end, with_fields=False)
                if following is None:
                    return
                position = following.end()
                if not tries:
                    yield self.positions.report(position, "too much is broken here: the rest of this line is set aside")
                    return
            else:
                if found is not None:
                    yield found
        yield from self._report_lost(position, end)

    def _report_lost(self, start: int, end: int, with_fields: bool = True) -> Iterator[Problem]:
        for offset, message in list_lost(self.text, start, end, with_fields):
            yield self.positions.report(offset, message)

    def _read_block(self, match: re.Match[str], end: int) -> tuple[Entry | None, int]:
        kind = match["type"].lower()
        close = "}" if match["open"] == "{" else ")"
        if kind == "comment":
            return None, self._skip_comment(match, close, end)
        if kind == "preamble":
            _, position = self._read_value(match.end(), end, "preamble", match.start())
            return None, self._expect_close(position, end, close, "preamble")
        if kind == "string":
            return None, self._read_macro(match.end(), end, close)
        return self._read_entry(match, end, close)

    def _skip_comment(self, match: re.Match[str], close: str, end: int) -> int:
        try:
            if close == "}":
                return self._find_closing_brace(match.end(), end)
            return self.text.index(")", match.end(), end) + 1
        except (_BrokenEntry, ValueError):
            message = f"the comment is never closed: a {close!r} is missing"
            raise _BrokenEntry(match.start(), message) from None

    def _read_macro(self, position: int, end: int, close: str) -> int:
        name, value, position, _ = self._read_field(position, end)
        if name is None:
            raise _BrokenEntry(position, "@string defines no macro")
        self.macros[name] = value
        return self._expect_close(position, end, close, name)

    def _read_entry(self, match: re.Match[str], end: int, close: str) -> tuple[Entry, int]:
        key = self._match(_KEY, match.end(), end)
        position = key.end()
        if self.text.startswith("=", position) and position < end:
            raise _BrokenEntry(key.start("key"), f"the entry has no key before its first field, {key['key']!r}")
        fields: dict[str, Field] = {}
        while not (position < end and self.text[position] == close):
            if position >= end or self.text[position] != ",":
                raise self._describe_gap(match, position, end, fields)
            name, value, position, offset = self._read_field(position, end)
            if name is not None:
                self._add_field(fields, name, Field(value, offset))
        return Entry(match["type"].lower(), key["key"], fields, match.start()), position + 1

    def _add_field(self, fields: dict[str, Field], name: str, found: Field) -> None:
        if name in fields and fields[name].value != found.value:
            raise _BrokenEntry(found.offset, f"the field {name!r} stands twice in one entry, with two values")
        fields.setdefault(name, found)

    def _describe_gap(self, match: re.Match[str], position: int, end: int, fields: dict[str, Field]) -> _BrokenEntry:
        after = f"after the value of {list(fields)[-1]!r}" if fields else "after the entry's key"
        if position < end:
            return _BrokenEntry(position, f"expected ',' or the entry's end {after}, not {self.text[position]!r}")
        close = "}" if match["open"] == "{" else ")"
        for name, found in fields.items():
            if _SWALLOWED_FIELD.search(found.value):
                return _BrokenEntry(found.offset, f"the value of {name!r} is never closed: a {close!r} is missing")
        return _BrokenEntry(match.start(), f"the entry is never closed: a {close!r} is missing {after}")

    def _read_field(self, position: int, end: int) -> tuple[str | None, str, int, int]:
        """Name (None where there is none, as after a trailing comma), value, where it ends, where it began."""
        match = self._match(_NAME, position, end)
        offset = match.start("name") if match["name"] else match.end()
        if match["name"] is None:
            return None, "", match.end(), offset
        if match.end() >= end or self.text[match.end()] != "=":
            raise _BrokenEntry(offset, f"expected '=' after the field's name {match['name']!r}")
        value, position = self._read_value(match.end() + 1, end, match["name"], offset)
        return match["name"].lower(), value, position, offset

    def _read_value(self, position: int, end: int, name: str, offset: int) -> tuple[str, int]:
        """A value's pieces, joined, and the position of what follows."""
        pieces: list[str] = []
        length = 0
        while True:
            position = self._match(_SPACE, position, end).end()
            piece, position = self._read_piece(position, end, name, offset)
            pieces.append(piece)
            length += len(piece)
            if len(pieces) > 1 and length > _LONGEST_EXPANSION:
                raise _BrokenEntry(offset, f"the value of {name!r} grows beyond {_LONGEST_EXPANSION} letters by '#'")
            position = self._match(_SPACE, position, end).end()
            if position >= end or self.text[position] != "#":
                return "".join(pieces), position
            position += 1

    def _read_piece(self, position: int, end: int, name: str, offset: int) -> tuple[str, int]:
        opening = self.text[position] if position < end else ""
        if opening in ("{", '"'):
            try:
                find = self._find_closing_brace if opening == "{" else self._find_closing_quote
                after = find(position + 1, end)
            except _BrokenEntry:
                missing = "}" if opening == "{" else '"'
                raise _BrokenEntry(offset, f"the value of {name!r} is never closed: a {missing!r} is missing") from None
            return self.text[position + 1 : after - 1], after
        word = _WORD.match(self.text, position, end)
        if word is None:
            raise _BrokenEntry(offset, f"the field {name!r} has no value")
        return self._expand_word(word[0], word.start()), word.end()

    def _expand_word(self, word: str, offset: int) -> str:
        if word.isdecimal():
            return word
        if word.lower() not in self.macros:
            raise _BrokenEntry(offset, f"the macro {word!r} isn't defined; a text needs braces or quotation marks")
        return self.macros[word.lower()]

    def _expect_close(self, position: int, end: int, close: str, name: str) -> int:
        position = self._match(_SPACE, position, end).end()
        if position < end and self.text[position] == close:
            return position + 1
        raise _BrokenEntry(min(position, end - 1), f"expected {close!r} after {name!r}")

    def _find_closing_brace(self, position: int, end: int) -> int:
        """The position behind the brace that closes the one before `position`."""
        depth = 1
        for match in _BRACE.finditer(self.text, position, end):
            depth += 1 if match[0] == "{" else -1
            if depth == 0:
                return match.end()
        raise _BrokenEntry(position, "never closed")

    def _find_closing_quote(self, position: int, end: int) -> int:
        depth = 0
        for match in _BRACE_OR_QUOTE.finditer(self.text, position, end):
            if match[0] == '"':
                if depth == 0:
                    return match.end()
            else:
                depth += 1 if match[0] == "{" else -1
                if depth < 0:
                    break
        raise _BrokenEntry(position, "never closed")

    def _match(self, pattern: re.Pattern[str], position: int, end: int) -> re.Match[str]:
        match = pattern.match(self.text, position, end)
        assert match is not None, "the pattern matches the empty text"  # noqa: S101
        return match
