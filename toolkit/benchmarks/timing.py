"""Commands that are measured: run whole, and stopped for where they fail."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Collection, Sequence
from pathlib import Path


def run_command(command: Sequence[str], folder: Path, allowed: Collection[int] = (0,)) -> None:
    """Run the command in the folder, in silence; Python keeps what it has compiled, as it does unless told otherwise.

    Raises:
        SystemExit: with the command and what it printed, where its exit status isn't an allowed one.
    """
    environment = {**os.environ, "QUARTO_PYTHON": sys.executable}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, env=environment)
    if done.returncode not in allowed:
        raise SystemExit(f"{' '.join(command)} failed in {folder}:\n{done.stdout}\n{done.stderr}")
