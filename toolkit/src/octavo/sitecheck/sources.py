"""Sources: where in the project a problem of a built page comes from, if that can be found."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import turbohtml

from octavo.errors import Problem
from octavo.published import PAGES, find_page
from octavo.quarto_yaml import CONFIGURATION

_WHOLE_PAGE = (1, 1)
_ADDRESSES = ("href", "src", "srcset", "poster", "action")
_TAG = re.compile(r"<(?:[^>\"']|\"[^\"]*\"|'[^']*')*>")
_CELL = re.compile(r"^```+\s*\{python", re.MULTILINE)
# The figure of a cell without a label; the first cell is number 2.
_UNLABELED = re.compile(r"_files/figure-html/cell-(\d+)-output-")
_LABELED = re.compile(r"_files/figure-html/([\w-]+)-output-")


class SourceFinder:
    """Finds the sources of a site: `root` is the project's folder, `site` that of the built site."""

    def __init__(self, root: Path, site: Path) -> None:
        self._root = root
        self._site = site
        self._read = cache(lambda file: file.read_text(encoding="utf-8", errors="replace"))

    def describe(self, problem: Problem) -> str:
        """The problem with its place in the source, or in the built site if the source doesn't show it."""
        page = find_page(self._root, problem.path)
        if not page:
            return str(problem)
        if (problem.line, problem.column) == _WHOLE_PAGE:
            return str(problem._replace(path=page))
        return next((self._place(problem, *found) for found in self._find(problem, page)), str(problem))

    def _place(self, problem: Problem, path: str, line: int, column: int) -> str:
        message = f"{problem.message} ({problem.path}:{problem.line})"
        return str(problem._replace(path=path, line=line, column=column, message=message))

    def _find(self, problem: Problem, page: str) -> Iterator[tuple[str, int, int]]:
        """The places in the page, tables, and configuration that may produce the problem's element."""
        built = self._read(self._site / problem.path)
        begin = sum(map(len, built.splitlines(keepends=True)[: problem.line - 1])) + problem.column - 1
        tag = _TAG.match(built, begin)
        if not tag:
            return
        patterns = list(_list_patterns(tag[0]))
        if built.count(tag[0]) == 1:
            patterns.insert(0, re.compile(re.escape(tag[0])))
        tables = sorted(file.relative_to(self._root).as_posix() for file in self._root.glob("data/*.yml"))
        for path in (page, *tables, CONFIGURATION):
            text = self._read(self._root / path) if (self._root / path).is_file() else ""
            yield from ((path, *_find_place(text, match)) for each in patterns for match in each.finditer(text))
            if path == page and (number := _UNLABELED.search(tag[0])):
                cells = list(_CELL.finditer(text))
                yield from ((path, *_find_place(text, cell)) for cell in cells[int(number[1]) - 2 :])


def _find_place(text: str, match: re.Match[str]) -> tuple[int, int]:
    return text.count("\n", 0, match.start()) + 1, match.start() - text.rfind("\n", 0, match.start())


def _list_patterns(tag: str) -> Iterator[re.Pattern[str]]:
    """Patterns for text in a source that may produce a start tag: its id, its cell's label, its addresses."""
    element = next(iter(turbohtml.parse(tag).select("body *")), None)
    attributes = {} if element is None else element.attrs
    if identifier := attributes.get("id"):
        yield re.compile(rf"#{re.escape(str(identifier))}(?![\w-])")
    if label := _LABELED.search(tag):
        yield re.compile(rf"label:\s*{label[1]}\s*$", re.MULTILINE)
    for name in _ADDRESSES:
        # The source may say `/papers/x.qmd` where the page says `../papers/x.html`.
        address = re.sub(r"^(?:\.{0,2}/)+", "", str(attributes.get(name) or ""))
        path, dot, rest = address.partition(".html")
        if len(path) > 1:
            endings = "|".join(map(re.escape, (*PAGES, dot))) if dot else ""
            yield re.compile(rf"(?<![\w/.-])(?:\.{{0,2}}/)*{re.escape(path)}(?:{endings}){re.escape(rest)}(?![\w-])")
