"""The report: a benchmark's table, printed and written into the README between its two marks."""

from __future__ import annotations

import os
import platform
import re
from collections.abc import Sequence
from pathlib import Path

README = Path(__file__).resolve().parents[1] / "README.md"


def make_table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table; the first column is text, the others are figures."""
    marks = ["---", *["---:"] * (len(head) - 1)]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in [head, marks, *rows])


def describe_machine() -> str:
    """What the figures were measured on."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"{os.cpu_count()} cores, {memory:.0f} GiB, {platform.system()} {platform.machine()}, "
        f"Python {platform.python_version()}"
    )


def write_section(name: str, text: str) -> None:
    """Put the text between `<!-- bench: NAME -->` and `<!-- /bench -->` of the README.

    Raises:
        ValueError: where the README has no such marks.
    """
    readme = README.read_text(encoding="utf-8")
    pattern = re.compile(rf"(<!-- bench: {re.escape(name)} -->\n).*?(<!-- /bench -->)", re.DOTALL)
    written, count = pattern.subn(lambda marks: f"{marks[1]}\n{text.strip()}\n\n{marks[2]}", readme)
    if count != 1:
        raise ValueError(f"README.md has {count} places for the figures of {name}, not one")
    README.write_text(written, encoding="utf-8")
