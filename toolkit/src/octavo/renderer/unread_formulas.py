"""Formulas that Pandoc can't read, and leaves in the pages as LaTeX: Octavo's own converter knows more commands."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path

from octavo.files import write_file
from octavo.formulas import convert_formula
from octavo.published import find_page

_UNREAD = re.compile(r'<span\s+class="math (?:inline|display)">(?P<dollars>\$\$?)(?P<tex>[^<]*)(?P=dollars)</span>')
_FORMULA = re.compile(r"(\$\$?)(?=\S|\s*\n)(.+?)\1", re.DOTALL)
_WORD = re.compile(r"\w+")


def convert_unread_formulas(root: Path, site: Path) -> Iterator[str]:
    """Convert them in all pages of the site. Yields a warning for each that can't be read at all."""
    for file in sorted(site.rglob("*.html")):
        text = file.read_text(encoding="utf-8", errors="replace")
        problems: list[tuple[str, str]] = []
        converted = _UNREAD.sub(lambda match, found=problems: _convert(match, found), text)  # type: ignore[misc]
        if converted != text:
            write_file(file, converted)
        path = file.relative_to(site).as_posix()
        page = find_page(root, path) if problems else ""
        source = (root / page).read_text(encoding="utf-8", errors="replace") if page else ""
        for tex, problem in problems:
            yield f"{page or path}:{_find_line(source, tex)}:1: warning: {problem.rstrip('.')}; it is shown as LaTeX"


def _convert(match: re.Match[str], problems: list[tuple[str, str]]) -> str:
    tex = " ".join(html.unescape(match["tex"]).split())
    try:
        return convert_formula(tex, display=len(match["dollars"]) == 2)
    except ValueError as error:
        problems.append((tex, str(error)))
        return match[0]


def _find_line(source: str, tex: str) -> int:
    """The line of the formula, or of the most similar one, since commands that the page defines were applied to it."""
    exact = re.search(r"\s+".join(map(re.escape, tex.split())), source)
    words = set(_WORD.findall(tex))
    similar = max(_FORMULA.finditer(source), key=lambda match: len(words & set(_WORD.findall(match[2]))), default=None)
    found = exact or similar
    return source.count("\n", 0, found.start()) + 1 if found else 1
