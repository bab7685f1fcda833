"""Runs commands that are measured, and exits if one fails."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Collection, Sequence
from pathlib import Path


def run_command(command: Sequence[str], folder: Path, allowed: Collection[int] = (0,)) -> None:
    """Run the command in the folder without output; Python stores compiled modules, as it does by default.

    Raises:
        SystemExit: with the command and its output, if its exit status isn't an allowed one.
    """
    environment = {**os.environ, "QUARTO_PYTHON": sys.executable}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, env=environment)
    if done.returncode not in allowed:
        raise SystemExit(f"{' '.join(command)} failed in {folder}:\n{done.stdout}\n{done.stderr}")
