"""Missing files: those that pages include, embed, or cite from, but that don't exist."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from posixpath import dirname

from octavo.errors import PageError, Problem
from octavo.published import find_reading_fault
from octavo.quarto_yaml import CONFIGURATION, Setting, list_matter_settings, list_settings, read_text
from octavo.renderer.cells import EMBED
from octavo.renderer.includes import INCLUDE, Line, number_lines, place_included
from octavo.renderer.pages import list_folder_files, split_page

_NAMING = frozenset(
    ["bibliography", "csl", "favicon", "include-in-header", "include-before-body", "include-after-body"]
)


def find_missing_files(root: Path, pages: Iterable[str]) -> list[Problem]:
    """An error for each; the renderer reports unreadable pages, and `find_private_files` what no page may read."""
    problems: set[Problem] = set()  # pages share settings and included files
    pages = list(pages)
    for folder, page in {dirname(page): page for page in pages}.items():
        for path in (CONFIGURATION, *list_folder_files(root, page)):
            with suppress(PageError):
                settings = list_settings(read_text(root / path, path), path)
                problems.update(_check(root, path, settings, (dirname(path), folder)))
    for page in pages:
        if not page.endswith(".ipynb"):
            with suppress(PageError):
                problems.update(_check_page(root, page))
    return sorted(problems)


def _check_page(root: Path, path: str) -> Iterator[Problem]:
    text, folder = read_text(root / path, path), dirname(path)
    page = split_page(path, text)
    yield from _check(root, path, list_matter_settings(text, path), (folder,))
    yield from _check_lines(root, folder, number_lines(page.body, path, page.first_line))


def _check(root: Path, path: str, settings: Iterable[Setting], folders: Sequence[str]) -> Iterator[Problem]:
    """A problem for each named file that is in none of the folders."""
    for key, name, line, column in settings:
        # Quarto and Pandoc load what has an address.
        is_file = key in _NAMING and name and "://" not in name
        if is_file and not any((root / place_included(folder, name)).is_file() for folder in folders):
            yield Problem(path, line, column, f"there is no file `{name}` ({key})")


def _check_lines(root: Path, folder: str, lines: Iterable[Line], around: Sequence[str] = ()) -> Iterator[Problem]:
    for line in lines:
        include = INCLUDE.match(line.text)
        match = include or EMBED.match(line.text)
        if not match:
            continue
        named = match[1].strip('"')
        name = named if include else named.partition("#")[0]
        found = place_included(folder, name)
        if find_reading_fault(root, found):
            continue
        if not (root / found).is_file():
            yield Problem(line.path, line.number, 1, f"there is no file `{name}` to include")
        elif include and found not in (line.path, *around):  # the renderer reports files that include each other
            included = number_lines(read_text(root / found, found), found)
            yield from _check_lines(root, folder, included, (*around, line.path))
