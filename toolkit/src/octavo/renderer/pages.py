"""Pages: reads a page's file into front matter and text."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from octavo.errors import PageError
from octavo.quarto_yaml import find_key_line, load_mapping
from octavo.renderer.includes import read_text


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
    text = read_text(root, path)
    return split_page(path, text)


def front_matter_line(root: Path, path: str, *keys: str | int) -> int:
    """The line of the key at the path `keys` in a page's front matter; 1 in a notebook."""
    if path.endswith(".ipynb"):
        return 1
    lines = read_text(root, path).split("\n")
    start = next((index for index, line in enumerate(lines) if line.rstrip() == "---"), 0)
    end = next((index for index in range(start + 1, len(lines)) if lines[index].rstrip() in ("---", "...")), start)
    return find_key_line("\n".join(lines[start + 1 : end]), keys, start + 2)


def split_page(path: str, text: str) -> Page:
    """The page in `text`: front matter between two `---` lines at the top, then the body."""
    lines = text.split("\n")
    start = next((index for index, line in enumerate(lines) if line.strip()), len(lines))
    if start == len(lines) or lines[start].rstrip() != "---":
        return Page(path, {}, text, 1)
    for end in range(start + 1, len(lines)):
        if lines[end].rstrip() in ("---", "..."):
            matter = "".join(f"{line}\n" for line in lines[start + 1 : end])
            metadata = load_mapping(matter, path, start + 2)
            return Page(path, metadata, "\n".join(lines[end + 1 :]), end + 2)
    raise PageError(path, start + 1, "the front matter has no end: a line `---` is missing")
