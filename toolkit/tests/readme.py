"""The sections of the README that commands write, each between its two marks."""

from __future__ import annotations

import re
from pathlib import Path

README = Path(__file__).resolve().parents[2] / "README.md"


def replace_section(readme: str, name: str, text: str) -> str:
    """The README with this text between `<!-- NAME -->` and the `<!-- /… -->` that follows.

    Raises:
        ValueError: where it has no such marks, or has them twice.
    """
    pattern = re.compile(rf"(<!-- {re.escape(name)} -->\n).*?(<!-- /\w+ -->)", re.DOTALL)
    written, count = pattern.subn(lambda marks: f"{marks[1]}\n{text.strip()}\n\n{marks[2]}", readme)
    if count != 1:
        raise ValueError(f"README.md has {count} places for `{name}`, not one")
    return written
