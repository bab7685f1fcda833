"""The head: what the policy adds to every page's, written down before the pages are rendered."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from octavo.files import write_file
from octavo.policy import load_policy

# Where the format's filter reads it.
_FILE = Path(".cache/octavo/head.html")


def note_head(root: Path) -> None:
    """Write it down for the pages that are rendered next.

    Raises:
        DataError: if the policy has a mistake.
    """
    write_file(root / _FILE, load_policy(root).write_head(enforced=not _is_quarto_preview()))


def read_head(root: Path) -> str:
    """What was written down last; empty where nothing was."""
    file = root / _FILE
    return file.read_text(encoding="utf-8") if file.is_file() else ""


def _is_quarto_preview() -> bool:
    """Whether Quarto's preview runs this hook: the scripts that reload its pages are inline, and Quarto doesn't say."""
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
