"""Pages: a page's file, read into front matter and text, and the lines of the files that it includes."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path, PurePosixPath
from posixpath import join, normpath
from typing import Any, NamedTuple

from octavo.errors import PageError, quote_value
from octavo.published import find_reading_fault
from octavo.quarto_yaml import find_matter_line, read_text, split_front_matter


@dataclass(frozen=True)
class Page:
    """One page: its file, its front matter, and its text from the line after the front matter."""

    path: str
    metadata: dict[str, Any]
    body: str
    first_line: int

    @property
    def output(self) -> str:
        """The page's path in the site: `sub/page.html`."""
        return name_output(self.path)

    @property
    def folder(self) -> str:
        """The page's folder in the project: empty or `sub`."""
        return posixpath.dirname(self.path)

    @property
    def offset(self) -> str:
        """The relative path from the page's folder to the site's root: `.` or `../..`."""
        return "/".join([".."] * self.path.count("/")) or "."


def name_output(path: str) -> str:
    """Where the site has the page."""
    return str(PurePosixPath(path).with_suffix(".html"))


def read_page(root: Path, path: str) -> Page:
    """The page in the file `path` under `root`; raises PageError if it isn't UTF-8 or its front matter isn't YAML."""
    return split_page(path, read_text(root / path, path))


def split_page(path: str, text: str) -> Page:
    """The page in `text`: front matter between two `---` lines at the top, then the body."""
    return Page(path, *split_front_matter(text, path))


def front_matter_line(root: Path, path: str, *keys: str | int) -> int:
    """The line of the key at the path `keys` in a page's front matter; 1 in a notebook."""
    return 1 if path.endswith(".ipynb") else find_matter_line(read_text(root / path, path), keys)


DATES = ("date", "date-modified")
# What Quarto reads, the month before the day where both are numbers.
_FORMATS = ("%Y-%m-%d", "%Y/%m/%d", "%m/%d/%Y", "%m-%d-%Y", "%B %d, %Y", "%b %d, %Y", "%d %B %Y", "%d %b %Y")


def read_date(value: Any, file: Path) -> str | None:
    """The date as `2025-11-03`, or None where it isn't a whole one.

    `today` is a date, too, and so is `last-modified`, when the page's `file` was.
    """
    text = str(value)
    if text in ("today", "now"):
        return date.today().isoformat()
    if text == "last-modified":
        return date.fromtimestamp(file.stat().st_mtime).isoformat()
    for form in _FORMATS:
        try:
            return datetime.strptime(text, form).date().isoformat()
        except ValueError:
            continue
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return (moment.astimezone() if moment.tzinfo else moment).date().isoformat()


def describe_date_fault(key: str, value: Any) -> str:
    """The message for a date that isn't a whole one."""
    return f"`{key}: {value}` isn't a day, and Quarto would make one up; write it as 2025-11-03"


INCLUDE = re.compile(r"^\s*\{\{<\s+include\s+(\"[^\"]*\"|\S+)\s+>\}\}\s*$")
FENCE = re.compile(r"^\s*(`{3,}|~{3,})")
# Deeper nesting means that a file includes itself.
DEPTH = 10


class Line(NamedTuple):
    """A line of text with its file and line number."""

    text: str
    path: str
    number: int


def number_lines(text: str, path: str, first: int = 1) -> list[Line]:
    """The lines of `text`, which starts at line `first` of the file `path`."""
    return [Line(line, path, number) for number, line in enumerate(text.split("\n"), first)]


def include_files(root: Path, folder: str, lines: Iterable[Line], depth: int = 0) -> Iterator[Line]:
    """The lines, and in place of each `{{< include FILE >}}` on a line of its own those of the file.

    FILE counts from the page's `folder`, wherever it is named, and from `root` where it begins with a slash.
    PageError where it isn't there or includes itself.
    """
    fence = ""
    for line in lines:
        fence = follow_fence(fence, line.text)
        match = INCLUDE.match(line.text)
        if not match:
            yield line
        elif depth >= DEPTH:
            raise PageError(line.path, line.number, "files include each other without end")
        else:
            included = _read_included(root, folder, line, match[1].strip('"'))
            if fence:  # Quarto keeps the line end that the file ends with
                included.append(Line("", line.path, line.number))
            yield from include_files(root, folder, included, depth + 1)


def follow_fence(fence: str, text: str) -> str:
    """The fence of the code block that the next line stands in, empty outside of one."""
    match = FENCE.match(text)
    if not match:
        return fence
    if not fence:
        return match[1]
    closes = match[1].startswith(fence) and not text.strip().strip(fence[0])
    return "" if closes else fence


def _read_included(root: Path, folder: str, line: Line, name: str) -> list[Line]:
    path = find_included(root, folder, name, line.path, line.number)
    return number_lines(read_text(root / path, path).rstrip("\n"), path)


def find_included(root: Path, folder: str, name: str, path: str, line: int) -> str:
    """The path in the project of the file `name` that a page in `folder` includes, at `line` of `path`.

    PageError where it isn't there or may not be read.
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
