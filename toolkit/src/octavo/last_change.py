"""The last change: the day on which the site's content last changed, for the foot of its pages."""

from __future__ import annotations

import os
import subprocess
from datetime import UTC, date, datetime
from pathlib import Path

from octavo.files import write_file

# Where the format's filter reads it.
_FILE = Path(".cache/octavo/changed")
# Not the site's tools, whose changes readers don't see.
_CONTENT = ("data", "assets", "docs", ":(glob)*.qmd", ":(glob)*/*.qmd", "_quarto.yml")


def note_last_change(root: Path) -> None:
    """Write down the day for the pages that are rendered next; an empty text if nobody knows it."""
    day = find_last_change(root)
    write_file(root / _FILE, f"{day or ''}\n")


def find_last_change(root: Path) -> date | None:
    """The day that SOURCE_DATE_EPOCH gives, or that of the last commit to the content; None without either.

    Files' times don't count: a checkout or a copy makes them new.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isdigit():
        return datetime.fromtimestamp(int(epoch), UTC).date()
    day = _ask_git(root)
    return date.fromisoformat(day) if day else None


def _ask_git(root: Path) -> str:
    """The author's day of the last commit; empty if the project is in no repository, or there is no Git."""
    command = ["git", "log", "-1", "--format=%as", "--", *_CONTENT]
    try:
        done = subprocess.run(command, cwd=root, capture_output=True, encoding="utf-8", timeout=10, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""
