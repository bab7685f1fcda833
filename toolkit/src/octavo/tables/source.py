"""The source of a table: a YAML file as plain data, with the place of each key and value.

Every scalar is a string, typed later by the table's class, because YAML by itself makes `2411.10` a number and `no` a
boolean; an empty one, `~` or `null` without quotes is None. YAML's other features (tags, merge keys, several documents)
are refused, and so are attacks (alias bombs, deep nesting).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from octavo.errors import Problem, Severity
from octavo.tables.composition import Composer, Data, Lines, Place, RefusedError
from octavo.tables.source_faults import describe_syntax_error, find_bad_bytes, find_bad_character

KeyPath = Sequence[str | int]

# The C parser is ten times as fast; PyYAML may have been built without it.
FASTEST_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass
class Source:
    """A YAML file: as much of its data as could be read, and its problems."""

    path: str
    """The path as problems name it."""
    text: str
    """The decoded text without its byte order mark; places count its characters."""
    data: Data = None
    problems: list[Problem] = field(default_factory=list)
    place: Place = field(default_factory=lambda: Place(0, 0))

    def find_place(self, path: KeyPath, *, key: bool = False) -> Place:
        """The place of the value at a path such as `(3, "authors", 0)`, or of its key.

        If there is nothing at the path, the place is that of the innermost value on the way.
        """
        place = self.place
        for depth, part in enumerate(path, 1):
            sought = place.get_key(part) if key and depth == len(path) else place.get_part(part)
            if sought is None:
                break
            place = sought
        return place

    def find_position(self, path: KeyPath, *, key: bool = False) -> tuple[int, int]:
        """Line and column, from 1, where the value at a path begins, or its key."""
        return self.locate(self.find_place(path, key=key).start)

    def locate(self, index: int) -> tuple[int, int]:
        """Line and column, from 1, of a character of the text."""
        return self._lines.locate(index)

    def add_problem(self, index: int, message: str, severity: Severity = "error") -> None:
        """Note a problem at a character of the text."""
        self.problems.append(Problem(self.path, *self.locate(index), message, severity))

    @cached_property
    def _lines(self) -> Lines:
        return Lines(self.text)


def read_source(file: Path, path: str | None = None) -> Source:
    """Read a YAML file; mistakes in it become the source's problems.

    Raises:
        OSError: if the file can't be read.
    """
    return parse_source(file.read_bytes(), path or str(file))


def parse_source(content: bytes, path: str, loader: Any = FASTEST_LOADER) -> Source:
    """Parse a YAML file's bytes; mistakes in them become the source's problems."""
    try:
        source = Source(path, content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        line, column, message = find_bad_bytes(content)
        return Source(path, "", problems=[Problem(path, line, column, message)])
    if fault := find_bad_character(source.text):
        source.add_problem(*fault)
        return source
    _fill_source(source, loader)
    if source.data is None and not source.problems:
        if has_only_comments(source.text):
            source.data = []
        else:
            source.add_problem(0, "the file is empty (a table without rows is written as [])")
    return source


def has_only_comments(text: str) -> bool:
    """Whether this is a table whose rows are commented out, or haven't been written yet; an empty file isn't."""
    lines = [line.lstrip() for line in text.splitlines() if line.strip()]
    return bool(lines) and all(line.startswith("#") for line in lines)


def _fill_source(source: Source, loader: Any) -> None:
    composer = Composer(source.text, Lines(source.text))
    try:
        composer.compose(loader)
    except yaml.MarkedYAMLError as error:
        composer.faults.append(describe_syntax_error(error, source.text))
    except RefusedError as error:
        composer.faults.append((error.index, str(error)))
    else:
        source.data, source.place = composer.data, composer.place
    for index, fault in composer.faults:
        source.add_problem(index, fault)
