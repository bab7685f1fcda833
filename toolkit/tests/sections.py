"""Generated sections of the docs, each between two marks."""

from __future__ import annotations

import re
from pathlib import Path

DOCS = Path(__file__).resolve().parents[1] / "docs"
FIGURES = DOCS / "understand" / "figures.qmd"
RENDERER = DOCS / "understand" / "renderer.qmd"


def replace_section(page: str, name: str, text: str) -> str:
    """Put this text between `<!-- NAME -->` and the next `<!-- /… -->` of the page; returns the page.

    Raises:
        ValueError: if the page doesn't have these marks exactly once.
    """
    pattern = re.compile(rf"(<!-- {re.escape(name)} -->\n).*?(<!-- /\w+ -->)", re.DOTALL)
    written, count = pattern.subn(lambda marks: f"{marks[1]}\n{text.strip()}\n\n{marks[2]}", page)
    if count != 1:
        raise ValueError(f"the page has {count} places for `{name}`, not one")
    return written
