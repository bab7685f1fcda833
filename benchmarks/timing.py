"""Commands that are measured: run whole, and stopped for where they fail."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Collection, Sequence
from pathlib import Path


def run_command(command: Sequence[str], folder: Path, allowed: Collection[int] = (0,)) -> None:
    """Run the command in the folder, in silence.

    Raises:
        SystemExit: with the command and what it printed, where its exit status isn't an allowed one.
    """
    done = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, env={**os.environ, "QUARTO_PYTHON": sys.executable}
    )
    if done.returncode not in allowed:
        raise SystemExit(f"{' '.join(command)} failed in {folder}:\n{done.stdout}\n{done.stderr}")
