"""The text of a table and the positions of its rows.

Positions come from the YAML parser and count characters. libyaml ends a block text or collection after the
blank lines and comments that follow it, so this module computes the ends.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from octavo.errors import DataError, Problem
from octavo.tables.composition import Place
from octavo.tables.source import Source, parse_source

_PROPERTY = re.compile(r"[&!]\S*\s+")
_BLOCK_HEADER = re.compile(r"[|>][0-9+-]*")


class UneditableError(Exception):
    """Why a part of a table can't be edited without touching more than it."""


@dataclass
class TableText:
    """A table's text as its owner wrote it; `rows` are plain data, `places` their positions."""

    source: Source
    has_mark: bool
    """Whether the file begins with a byte order mark."""

    @property
    def text(self) -> str:
        return self.source.text

    @cached_property
    def rows(self) -> list[dict[str, Any]]:
        data = self.source.data
        return [row for row in data if isinstance(row, dict)] if isinstance(data, list) else []

    @cached_property
    def places(self) -> list[Place]:
        return [place for _, place in list_parts(self.source.place)]

    @cached_property
    def newline(self) -> str:
        """The file's line ending, which is that of its first line."""
        found = re.search(r"\r\n|\n|\r", self.text)
        return found[0] if found else "\n"

    @cached_property
    def is_flow(self) -> bool:
        """Whether the rows are in brackets."""
        return bool(self.places) and self.text[self.skip_properties(self.source.place.start)] == "["

    def encode(self, text: str) -> bytes:
        """A changed text as the file's bytes."""
        return (codecs.BOM_UTF8 if self.has_mark else b"") + text.encode()

    def skip_properties(self, position: int) -> int:
        """The position after an anchor or tag."""
        match = _PROPERTY.match(self.text, position)
        return match.end() if match else position

    def find_end(self, place: Place) -> int:
        """Where a value's own characters end, before any blank lines and comments that follow it."""
        start = self.skip_properties(place.start)
        if start >= place.end or self.text[start] in "[{*":
            return place.end
        if place.parts:
            name, last = list_parts(place)[-1]
            return max(name.end if name else place.start, self.find_end(last))
        if self.text[start] in "|>":
            return start + len(self.text[start : place.end].rstrip())
        return place.end

    def keeps_blank_lines(self, place: Place) -> bool:
        """Whether a value ends in a block text whose trailing blank lines are part of it (`|+`)."""
        while place.parts and self.text[place.start] not in "[{*":
            _, place = list_parts(place)[-1]
        header = _BLOCK_HEADER.match(self.text, self.skip_properties(place.start))
        return place.start < place.end and header is not None and "+" in header[0]

    def find_line_start(self, position: int) -> int:
        """Where the line of a character begins."""
        return max(self.text.rfind("\n", 0, position), self.text.rfind("\r", 0, position)) + 1

    def find_line_end(self, position: int) -> int:
        """Where the line of a character ends, before its line break."""
        ends = (self.text.find(mark, position) for mark in "\r\n")
        return min((end for end in ends if end >= 0), default=len(self.text))

    def find_column(self, position: int) -> int:
        """The column of a character, counted from 0."""
        return position - self.find_line_start(position)

    def find_dash(self, index: int) -> int:
        """The dash of a row, in a table whose rows are on lines of their own."""
        column = self.find_column(self.source.place.start)
        start = self.find_line_start(self.places[index].start)
        while not (self.text[start : start + column].isspace() or not column) or self.text[start + column] != "-":
            start = self.find_line_start(start - 1)
        return start + column


def list_parts(place: Place) -> list[tuple[Place | None, Place]]:
    """The places of a mapping's keys and values, or of a list's items with None for keys."""
    if isinstance(place.parts, dict):
        return [((place.keys or {})[key], part) for key, part in place.parts.items()]
    return [(None, part) for part in place.parts or ()]


def read_table_text(content: bytes, path: str) -> TableText:
    """A table's bytes as text with places; a file that is empty or has only comments is a table without rows.

    Raises:
        DataError: if it isn't YAML, or isn't a list of rows.
    """
    source = parse_source(content, path)
    if source.data is None and not re.sub(r"#.*|^---", "", source.text, flags=re.MULTILINE).strip():
        source.problems.clear()
        source.data = []
    if source.problems:
        raise DataError(source.problems)
    if not isinstance(source.data, list) or not all(isinstance(row, dict) for row in source.data):
        raise DataError([Problem(path, 1, 1, "a table is a list of rows, each a mapping that begins with '- '")])
    return TableText(source, content.startswith(codecs.BOM_UTF8))
