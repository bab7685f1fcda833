"""Runs Quarto's hooks with a Python that has Octavo.

Quarto looks for Python on the PATH and never in `.venv`. If that Python lacks Octavo, the one in `.venv` takes over,
and `_environment.local` tells Quarto to use it: Quarto reads the file again before it runs the cells of pages.
"""

import os
import sys
from pathlib import Path

SETTINGS = Path("_environment.local")
VARIABLE = "QUARTO_PYTHON="


def run_hook(name: str) -> None:
    """Run the hook and end the process."""
    try:
        from octavo.cli import run
    except ModuleNotFoundError as error:
        if error.name != "octavo":
            raise
        switch_python()
    run(name)


def switch_python() -> None:
    """Start this script again with the nearest `.venv`, in this folder or one above."""
    folder = Path.cwd()
    pythons = [parent / ".venv" / "bin" / "python" for parent in (folder, *folder.parents)]
    python = next((path for path in pythons if path.exists()), None)
    if python is None or sys.prefix == str(python.parents[1]):
        sys.exit(f"{sys.executable} has no Octavo: run `make site` once, or activate the environment that has it")
    lines = SETTINGS.read_text(encoding="utf-8").splitlines() if SETTINGS.exists() else []
    others = [line for line in lines if not line.startswith(VARIABLE)]
    stated = [*others, f"{VARIABLE}'{python}'"]
    if stated != lines:
        SETTINGS.write_text("\n".join([*stated, ""]), encoding="utf-8")
        message = f"{SETTINGS} now names the Python in .venv; `quarto preview` ends once after that: start it again"
        sys.stderr.write(f"{message}\n")
    os.execv(python, [str(python), *sys.argv])  # noqa: S606 - no shell is wanted
