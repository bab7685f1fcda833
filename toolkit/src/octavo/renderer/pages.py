"""Pages: reads a page's file into front matter and text."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

from octavo.quarto_yaml import find_matter_line, read_text, split_front_matter

_FOLDER_FILES = ("_metadata.yml", "_metadata.yaml")
_DATES = ("date", "date-modified")
# The formats that Quarto reads; the month comes before the day if both are numbers.
_FORMATS = ("%Y-%m-%d", "%Y/%m/%d", "%m/%d/%Y", "%m-%d-%Y", "%B %d, %Y", "%b %d, %Y", "%d %B %Y", "%d %b %Y")


class Page(NamedTuple):
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
    """The page's path in the site."""
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


def read_dates(metadata: Mapping[str, Any], file: Path) -> dict[str, str | None]:
    """The dates of a page in this `file`, by their keys in its front matter, as `read_date` reads them."""
    return {key: read_date(metadata[key], file) for key in _DATES if key in metadata}


def read_date(value: Any, file: Path) -> str | None:
    """The date as `2025-11-03`, or None if it isn't a full date.

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
    """The message for a date that isn't a full one."""
    return f"`{key}: {value}` isn't a full date, and Quarto would make one up; write it as 2025-11-03"


def list_folder_files(root: Path, path: str) -> Iterator[str]:
    """The `_metadata.yml` that apply to a page, the innermost last."""
    for folder in reversed(PurePosixPath(path).parents[:-1]):
        names = ((folder / name).as_posix() for name in _FOLDER_FILES)
        if found := next((name for name in names if (root / name).is_file()), None):
            yield found
