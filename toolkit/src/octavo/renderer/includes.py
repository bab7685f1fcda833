"""Includes: a page's lines and those of the files that it includes, each with its origin."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from posixpath import join, normpath
from typing import NamedTuple

from octavo.errors import Faults, PageError, quote_value
from octavo.published import find_reading_fault
from octavo.quarto_yaml import read_text

INCLUDE = re.compile(r"^\s*\{\{<\s+include\s+(\"[^\"]*\"|\S+)\s+>\}\}\s*$")
FENCE = re.compile(r"^\s*(`{3,}|~{3,})")


class Line(NamedTuple):
    """A line of text with its file and line number."""

    text: str
    path: str
    number: int


def number_lines(text: str, path: str, first: int = 1) -> list[Line]:
    """The lines of `text`, which starts at line `first` of the file `path`."""
    return [Line(line, path, number) for number, line in enumerate(text.split("\n"), first)]


def include_files(
    root: Path, folder: str, lines: Iterable[Line], faults: Faults, around: Sequence[str] = ()
) -> Iterator[Line]:
    """The lines, with each `{{< include FILE >}}` on a line of its own replaced by the lines of the file.

    FILE is relative to the page's `folder`, even in an included file, or to `root` if it begins with a slash.
    Adds to `faults` if it isn't there, or is one of the files `around` the lines.
    """
    fence = ""
    for line in lines:
        fence = follow_fence(fence, line.text)
        match = INCLUDE.match(line.text)
        if not match:
            yield line
        else:
            with faults.collect():
                path = find_included(root, folder, match[1].strip('"'), line.path, line.number)
                if path in (line.path, *around):
                    raise PageError(line.path, line.number, "files include each other in a circle")
                included = number_lines(read_text(root / path, path).rstrip("\n"), path)
                if fence:  # Quarto keeps the line end that the file ends with
                    included.append(Line("", line.path, line.number))
                yield from include_files(root, folder, included, faults, (*around, line.path))


def follow_fence(fence: str, text: str) -> str:
    """The fence of the code block that the next line is in; empty outside of one."""
    match = FENCE.match(text)
    if not match:
        return fence
    if not fence:
        return match[1]
    closes = match[1].startswith(fence) and not text.strip().strip(fence[0])
    return "" if closes else fence


def find_included(root: Path, folder: str, name: str, path: str, line: int) -> str:
    """The path in the project of the file `name` that a page in `folder` includes, at `line` of `path`.

    Raises PageError if it isn't there or may not be read.
    """
    found = place_included(folder, name)
    if fault := find_reading_fault(root, found):
        raise PageError(path, line, f"can't include {quote_value(name)}: it {fault}")
    if not (root / found).is_file():
        raise PageError(path, line, f"there is no file `{name}` to include")
    return found


def place_included(folder: str, name: str) -> str:
    """The path in the project of the file that a page in `folder` calls `name`."""
    return normpath(name.lstrip("/") if name.startswith("/") else join(folder, name))
