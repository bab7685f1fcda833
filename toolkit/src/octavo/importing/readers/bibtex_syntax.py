"""BibTeX's syntax: a file's entries with their places, and a problem for each part that can't be one.

`bibtexparser` splits the text into blocks and fields. This module adds exact places, values (macros and `#`), and the
checks of BibTeX's grammar (Patashnik, "BibTeXing", 1988) that bibtexparser leaves out. It also makes sure that nothing
is lost silently: it reads entries that a broken one on the same line swallowed, and reports what looks like a damaged
entry.
"""

from __future__ import annotations

import logging
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from bibtexparser import model
from bibtexparser.entrypoint import parse_string

from octavo.errors import Problem
from octavo.importing.journals import BIBTEX
from octavo.importing.problems import Positions
from octavo.importing.readers.bibtex_strays import find_next_entry, find_unclosed_field, list_strays

# Each failure is reported here, with its place.
logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)

# Styles define the first three letters only, but people write the others as well.
_MONTH_NAMES = """
jan feb mar apr may jun jul aug sep oct nov dec
sept january february march april june july august september october november december
""".split()  # noqa: SIM905  a list of words reads best as words

# bibtexparser reads `\{` as text, and only a plain `@word{` on a line as an entry. To BibTeX, every brace counts, and
# there may be white space anywhere in a head. These substitutions keep all places.
_BACKSLASH = "\ue002"
_ESCAPE = re.compile(r"""\\(?!"(?!\s*[,})#]))""")  # all but the one that keeps `"G{\"o}del"` together
_HEAD_LINE = re.compile(r"^([ \t\ufeff]*)@(\s*)([^\W\d]\w*)(\s*)(?=[{(])", re.MULTILINE)
# It also reads biblatex's `@commentary` as a comment.
_COMMENTARY = re.compile(r"^([ \t\ufeff]*@\s*)c(?=ommentary\s*[{(])", re.MULTILINE | re.IGNORECASE)
_RENAMED = {"xommentary": "commentary"}
_DOUBLE_COMMA = re.compile(r"""(?<=[}"]),([ \t]*),(?=[ \t]*$)""", re.MULTILINE)
_OLD_MAC_LINE_END = re.compile(r"\r(?!\n)")

_LINE_START = re.compile(r"^(?=[ \t]*@\w*[ \t]*[{(])", re.MULTILINE)
_HEAD = re.compile(r"@(?P<type>\w*)[ \t]*(?P<open>[{(])")
_NAME = re.compile(r"""[^\s,={}"#%()@]+""")
# People comment fields out as biber allows; to BibTeX, nothing in an entry is a comment.
_COMMENTS = re.compile(r"(?:%[^\n]*\n\s*)+")
_PIECE = re.compile(rf"""\s*(?:(?P<word>{_NAME.pattern})|(?P<open>[{{"]))""")
_BRACE_OR_QUOTE = re.compile(r'[{}"]')
_SPACE = re.compile(r"\s*")
# Reading the rest of a line again after each broken entry takes time quadratic in its length.
_RETRY_BUDGET = 2_000_000
# Thirty times `@string{a = a # a}` would be a billion characters.
_LONGEST_EXPANSION = 100_000


class Field(NamedTuple):
    """The value of a field, macros and concatenation resolved, and the offset of its name."""

    value: str
    offset: int


class Entry(NamedTuple):
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
    text = _ESCAPE.sub(_BACKSLASH, _OLD_MAC_LINE_END.sub("\n", text))
    text = _DOUBLE_COMMA.sub(r",\1 ", text)
    text = _COMMENTARY.sub(r"\1x", _HEAD_LINE.sub(_straighten_head, text))
    reader = _Reader(text, positions)
    starts = [match.start() for match in _LINE_START.finditer(text)]
    for start, end in pairwise(dict.fromkeys([0, *starts, len(text)])):
        yield from reader.read(start, end)


def _straighten_head(match: re.Match[str]) -> str:
    indent, gap, kind, tail = match.groups()
    early, late = (tail, "") if "\n" in tail else ("", tail)
    return indent.replace("\ufeff", " ") + gap + early + "@" + kind + late


@dataclass
class _Reader:
    text: str
    positions: Positions
    macros: dict[str, str] = field(default_factory=lambda: {**BIBTEX, **{name: name for name in _MONTH_NAMES}})
    doubts: list[Problem] = field(default_factory=list)
    """Warnings about the current block, if it can be read."""

    def read(self, start: int, end: int) -> Iterator[Entry | Problem]:
        """The entries of a stretch of text, which begins with an entry (except for the file's first)."""
        tries = 1 + _RETRY_BUDGET // (end - start)
        restart: int | None = start
        while restart is not None and tries:
            position = after_head = restart
            restart, is_sound = None, True
            for block in parse_string(self.text[position:end], parse_stack=[]).blocks:
                if isinstance(block, model.ImplicitComment):
                    continue
                raw = block.raw or ""
                offset = self.text.index(raw, after_head)  # a failed block can extend into the next
                after_head = self._find_head(offset).end()
                yield from self._report_strays(position, offset, with_fields=is_sound)
                position, is_sound = offset + len(raw), True
                self.doubts.clear()
                try:
                    yield from self._convert(block, offset)
                    yield from self.doubts
                except _BrokenBlock as error:
                    yield self.positions.report(error.offset, error.message)
                    restart, is_sound = find_next_entry(self.text, after_head, position), False
                    yield from self._report_strays(after_head, restart or position, with_fields=False)
                    if restart is not None:
                        tries -= 1
                        break
            else:
                yield from self._report_strays(position, end, with_fields=is_sound)
        if restart is not None:
            yield self.positions.report(restart, "too many errors on this line; the rest of it was skipped")

    def _report_strays(self, start: int, end: int, *, with_fields: bool) -> Iterator[Problem]:
        for offset, message in list_strays(self.text, start, end, with_fields):
            yield self.positions.report(offset, message)

    def _convert(self, block: model.Block, offset: int) -> Iterator[Entry]:
        block = getattr(block, "ignore_error_block", None) or block  # duplicate keys and fields
        if isinstance(block, model.ParsingFailedBlock):
            raise self._explain(offset, len(block.raw or ""), str(getattr(block.error, "abort_reason", block.error)))
        if isinstance(block, model.String):
            name = block.key.lower()
            self.macros[name] = self._read_value(self.text.index("=", offset) + 1, block.value, name, offset)
        elif isinstance(block, model.Entry):
            yield self._read_entry(block, offset)

    def _read_entry(self, block: model.Entry, offset: int) -> Entry:
        if not block.entry_type:
            raise _BrokenBlock(offset, "this looks like an entry without a type (expected @article{key, …)")
        fields: dict[str, Field] = {}
        repeated: Counter[str] = Counter()
        position = self._find_head(offset).end() + len(block.key)
        for written in block.fields:
            key = _COMMENTS.sub("", written.key)
            start = self.text.index(written.key, position) + len(written.key) - len(key)
            if not _NAME.fullmatch(key.removeprefix("%").lstrip()):
                name = self._show(key.split("\n")[0])
                raise _BrokenBlock(start, f"{name!r} is not a field name (is a ',' or '=' missing?)")
            name, equals = key.lower(), self.text.index("=", start + len(key))
            value = self._read_value(equals + 1, written.value, name, start)
            if name[0] == "%":
                self._doubt(start, f"the field {name!r} is commented out, so it wasn't read")
            elif name not in fields:
                fields[name] = Field(value, start)
            elif fields[name].value != value:
                repeated[name] += 1
                fields[f"{name}-{1 + repeated[name]}"] = Field(value, start)
                self._doubt(start, f"the field {name!r} is repeated with another value; the first one is used")
            position = self.text.index(written.value, equals + 1) + len(written.value)
        return Entry(_RENAMED.get(block.entry_type, block.entry_type), self._show(block.key), fields, offset)

    def _read_value(self, position: int, written: str, name: str, offset: int) -> str:
        """A value's pieces, joined; `written` is what bibtexparser found, from `position` on."""
        position = self.text.index(written, position)
        end = position + len(written)
        pieces: list[str] = []
        length = 0
        while match := _PIECE.match(self.text, position, end):
            piece, position = self._read_piece(match, end, name, offset)
            pieces.append(piece)
            length += len(piece)
            if len(pieces) > 1 and length > _LONGEST_EXPANSION:
                raise _BrokenBlock(offset, f"the value of {name!r} grows beyond {_LONGEST_EXPANSION} characters by '#'")
            if position == end:
                return self._show("".join(pieces))
            if self.text[position] != "#":
                wrong = self._show(self.text[position])
                raise _BrokenBlock(
                    position, f"expected ',' or the entry's end after the value of {name!r}, not {wrong!r}"
                )
            position += 1
        raise _BrokenBlock(offset, f"the field {name!r} has no value")

    def _read_piece(self, match: re.Match[str], end: int, name: str, offset: int) -> tuple[str, int]:
        """A piece of a value, and the position of what follows it."""
        word = match["word"]
        if word is None:
            close = "}" if match["open"] == "{" else '"'
            position = self._find_close(match.end(), end, close)
            if position is None:
                raise _BrokenBlock(offset, f"the value of {name!r} is never closed (missing {close!r})")
            piece, position = self.text[match.end() : position], position + 1
        else:
            piece, position = self.macros.get(word.lower(), word), match.end()
            if word.lower() not in self.macros and not word.isdecimal():
                shown = self._show(word)
                self._doubt(match.start("word"), f"the macro {shown!r} isn't defined; its name was used as text")
        space = _SPACE.match(self.text, position, end)
        return piece, space.end() if space else position

    def _doubt(self, offset: int, message: str) -> None:
        self.doubts.append(self.positions.report(offset, message, "warning"))

    def _find_close(self, position: int, end: int, close: str) -> int | None:
        depth = 0
        for match in _BRACE_OR_QUOTE.finditer(self.text, position, end):
            if depth == 0 and match[0] == close:
                return match.start()
            depth += {"{": 1, "}": -1, '"': 0}[match[0]]
            if depth < 0:
                return None
        return None

    def _explain(self, offset: int, length: int, reason: str) -> _BrokenBlock:
        head, end = self._find_head(offset), offset + length
        close = "}" if head["open"] == "{" else ")"
        if reason.startswith("Unexpected"):  # the end of the file, or the next entry
            if head["type"].lower() == "comment":
                return _BrokenBlock(offset, f"the comment is never closed (missing {close!r})")
            if unclosed := find_unclosed_field(self.text, head.end(), end):
                start, name, close = unclosed
                return _BrokenBlock(start, f"the value of {name!r} is never closed (missing {close!r})")
            return _BrokenBlock(offset, f"the entry is never closed (missing {close!r})")
        if reason.startswith("Expected a `=`"):
            word = self.text[head.end() : end].rstrip(" \t\n\r})").rpartition(",")[2].strip()
            return _BrokenBlock(self.text.rindex(word, offset, end), f"expected '=' after {self._show(word[:80])!r}")
        return _BrokenBlock(offset, "the entry has no key, or no ',' after it")

    def _find_head(self, offset: int) -> re.Match[str]:
        head = _HEAD.match(self.text, offset)
        assert head, "every block begins with one"  # noqa: S101
        return head

    @staticmethod
    def _show(text: str) -> str:
        return text.replace(_BACKSLASH, "\\")
