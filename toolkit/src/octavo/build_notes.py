"""Build notes: facts that the format's filter prints on every page, recorded before the pages are rendered."""

from __future__ import annotations

import os
import subprocess
from datetime import UTC, date, datetime
from pathlib import Path

from octavo.files import write_file
from octavo.policy import load_policy

# Where the format's filter reads them.
_HEAD_FILE = Path(".cache/octavo/head.html")
_CHANGE_FILE = Path(".cache/octavo/changed")
# Not the site's tools: readers don't see their changes.
_CONTENT = ("data", "assets", "docs", ":(glob)*.qmd", ":(glob)*/*.qmd", "_quarto.yml")


def note_head(root: Path) -> None:
    """Record what the policy adds to the head of each page of this build.

    Raises:
        DataError: if the policy has a mistake.
    """
    write_file(root / _HEAD_FILE, load_policy(root).write_head(enforced=not _is_quarto_preview()))


def read_head(root: Path) -> str:
    """The tags that were recorded last, if any."""
    file = root / _HEAD_FILE
    return file.read_text(encoding="utf-8") if file.is_file() else ""


def _is_quarto_preview() -> bool:
    """Whether Quarto's preview, whose reload scripts are inline, runs this hook; Quarto itself doesn't say."""
    command = _find_command(os.getppid())
    return "quarto" in command and " preview" in command


def _find_command(process: int) -> str:
    try:
        return Path(f"/proc/{process}/cmdline").read_text(encoding="utf-8", errors="replace").replace("\0", " ")
    except OSError:
        pass  # not Linux
    try:
        command = ["ps", "-o", "args=", "-p", str(process)]
        return subprocess.run(command, capture_output=True, encoding="utf-8", timeout=10, check=False).stdout
    except (OSError, subprocess.TimeoutExpired):
        return ""


def note_last_change(root: Path) -> None:
    """Record the day for the pages of this build; empty if it is unknown."""
    day = find_last_change(root)
    write_file(root / _CHANGE_FILE, f"{day or ''}\n")


def find_last_change(root: Path) -> date | None:
    """The day that SOURCE_DATE_EPOCH gives, or that of the last commit to the content; None without either.

    File times don't count, because a checkout or a copy resets them.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isdigit():
        return datetime.fromtimestamp(int(epoch), UTC).date()
    day = _ask_git(root)
    return date.fromisoformat(day) if day else None


def _ask_git(root: Path) -> str:
    """The author's day of the last commit; empty if the project isn't in a repository, or Git isn't installed."""
    command = ["git", "log", "-1", "--format=%as", "--", *_CONTENT]
    try:
        done = subprocess.run(command, cwd=root, capture_output=True, encoding="utf-8", timeout=10, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""
