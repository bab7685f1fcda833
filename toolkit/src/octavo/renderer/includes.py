"""Includes: a page's lines with those of the files that it includes, each knowing where it was written."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from posixpath import dirname, join, normpath
from typing import NamedTuple

from octavo.errors import PageError, Problem, quote_value
from octavo.published import is_hidden

_INCLUDE = re.compile(r"^\s*\{\{<\s+include\s+(\"[^\"]*\"|\S+)\s+>\}\}\s*$")
# Quarto also takes one in a code block, in capitals, in single quotes, after other parameters, or without the blank.
_ANY_INCLUDE = re.compile(r"\{\{<\s*/?include(?!\w)(?P<parameters>(?:(?!\{\{<).)*?)>\}\}", re.IGNORECASE | re.DOTALL)
_PARAMETER = re.compile(r"[\"']([^\"']*)[\"']|([^\"'\s]+)")
# In front matter and configuration: the key, the rest of its line, and the indented or listed lines below.
_OPTION = re.compile(r"\binclude-(?:in-header|before-body|after-body):(?P<value>.*(?:\n[ \t-].*)*)")
_WORD = re.compile(r"[^\s\"'\[\]{},]+")
_FENCE = re.compile(r"^\s*(`{3,}|~{3,})")
# The nesting of includes, beyond which one is taken to include itself.
_DEPTH = 10


class Line(NamedTuple):
    """A line of text, and the file and the number under which a person finds it."""

    text: str
    path: str
    number: int


def number_lines(text: str, path: str, first: int = 1) -> list[Line]:
    """The lines of `text`, which begins at line `first` of the file `path`."""
    return [Line(line, path, number) for number, line in enumerate(text.split("\n"), first)]


def include_files(root: Path, folder: str, lines: Iterable[Line], depth: int = 0) -> Iterator[Line]:
    """The lines, and in place of each `{{< include FILE >}}` on a line of its own those of the file.

    FILE counts from the page's `folder`, wherever it is named, and from `root` where it begins with a slash.
    PageError where it isn't there, includes itself, or stands in a code block.
    """
    fence = ""
    for line in lines:
        fence = _follow_fence(fence, line.text)
        match = _INCLUDE.match(line.text)
        if not match:
            yield line
        elif fence:
            raise PageError(line.path, line.number, "an include in a code block needs Quarto")
        elif depth >= _DEPTH:
            raise PageError(line.path, line.number, "files include each other without end")
        else:
            yield from include_files(root, folder, _read_included(root, folder, line, match[1].strip('"')), depth + 1)


def _follow_fence(fence: str, text: str) -> str:
    """The fence of the code block that the next line stands in, empty outside of one."""
    match = _FENCE.match(text)
    if not match:
        return fence
    if not fence:
        return match[1]
    closes = match[1].startswith(fence) and not text.strip().strip(fence[0])
    return "" if closes else fence


def _read_included(root: Path, folder: str, line: Line, name: str) -> list[Line]:
    path = _resolve(folder, name)
    if fault := _find_fault(root, path):
        raise PageError(line.path, line.number, fault)
    if not _is_file(root / path):
        raise PageError(line.path, line.number, f"there is no file `{name}` to include")
    return number_lines(read_text(root, path).rstrip("\n"), path)


def find_include_faults(root: Path, page: str) -> Iterator[Problem]:
    """A problem for each include of a hidden file or of one outside the project, at any depth.

    `page` may also be `_quarto.yml`, whose options include files too.
    """
    pending, seen = [page], {page}
    while pending:
        path = pending.pop()
        text = (root / path).read_text(encoding="utf-8", errors="replace") if _is_file(root / path) else ""
        for start, included in _find_any_includes(root, dirname(page), text):
            if fault := _find_fault(root, included):
                yield Problem(path, text.count("\n", 0, start) + 1, 1, fault)
            elif included not in seen:
                seen.add(included)
                pending.append(included)


def _find_any_includes(root: Path, folder: str, text: str) -> Iterator[tuple[int, str]]:
    """Where each include begins, and the path of every parameter that may be its file."""
    for include in _ANY_INCLUDE.finditer(text):
        for parameter in _PARAMETER.finditer(include["parameters"]):
            yield include.start(), _resolve(folder, parameter[1] or parameter[2] or "")
    for option in _OPTION.finditer(text):
        for word in _WORD.finditer(option["value"]):
            # The value may be markup instead.
            if _is_file(root / (path := _resolve(folder, word[0]))):
                yield option.start(), path


def _resolve(folder: str, name: str) -> str:
    return normpath(name.lstrip("/") if name.startswith("/") else join(folder, name))


def _find_fault(root: Path, path: str) -> str:
    """Why what a file says may not be put into a page, or an empty text."""
    real, project = os.path.realpath(root / path), os.path.realpath(root)
    inside = os.path.relpath(real, project).replace(os.sep, "/")
    hidden = next((name for name in (path, inside) if name.startswith("..") or is_hidden(name)), "")
    return f"can't include {quote_value(hidden)}: it is hidden, or not in the project" if hidden else ""


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # a name that is too long, or a folder that is closed
        return False


def read_text(root: Path, path: str) -> str:
    """The file's text with plain line ends; PageError where it can't be read or isn't UTF-8."""
    try:
        data = (root / path).read_bytes()
    except OSError as error:
        raise PageError(path, 1, f"the file can't be read: {error.strerror}") from None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise PageError(path, line, "this is not UTF-8 text") from None
    return text.replace("\r\n", "\n").replace("\r", "\n")
