"""The report: a benchmark's table, printed and written into the docs between its two marks."""

from __future__ import annotations

import os
import platform
from collections.abc import Sequence

from tests.sections import FIGURES, replace_section


def make_table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table; the first column is text, the others are figures."""
    marks = ["---", *["---:"] * (len(head) - 1)]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in [head, marks, *rows])


def describe_machine() -> str:
    """The machine that the figures were measured on."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"{os.cpu_count()} cores, {memory:.0f} GiB, {platform.system()} {platform.machine()}, "
        f"Python {platform.python_version()}"
    )


def publish(name: str, text: str, *, write: bool) -> None:
    """Print the text; with `write`, put it between `<!-- bench: NAME -->` and `<!-- /bench -->` in FIGURES.

    Raises:
        ValueError: if the page has no such marks.
    """
    print(text)
    if not write:
        return
    written = replace_section(FIGURES.read_text(encoding="utf-8"), f"bench: {name}", text)
    FIGURES.write_text(written, encoding="utf-8")
