"""Hooks: the scripts of `pre-render` and `post-render`, run as Quarto runs them."""

from __future__ import annotations

import os
import runpy
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from octavo.errors import OctavoError
from octavo.processes import start_process


def run_scripts(
    stage: str,
    commands: Sequence[str],
    root: Path,
    environment: Mapping[str, str],
    meanwhile: Callable[[], object] = lambda: None,
) -> None:
    """Run the scripts of a stage one after another, and call `meanwhile` while the first one runs.

    Raises:
        OctavoError: at the first script that fails.
    """
    if not commands:
        meanwhile()
    for number, command in enumerate(commands):
        # Quarto, too, splits at spaces and knows no quotes.
        process = start_process(_run_script, command.split(), root, dict(environment))
        try:
            if number == 0:
                meanwhile()
            process.join()
        finally:
            process.kill()
            process.join()
        if process.exitcode:
            raise OctavoError(f"the {stage} script `{command}` failed; the site is as it was")


def _run_script(arguments: list[str], root: Path, environment: Mapping[str, str]) -> None:
    """Run a script in this process: Python code with what is imported here already, anything else in its place."""
    os.environ.update(environment)
    os.chdir(root)
    if not arguments[0].endswith(".py"):
        try:
            os.execvp(arguments[0], arguments)  # noqa: S606 - without a shell, as Quarto does
        except OSError as error:
            sys.exit(f"the script `{arguments[0]}` can't be started: {error.strerror}")
    sys.argv = arguments
    sys.path[0] = str((root / arguments[0]).parent)
    try:
        runpy.run_path(arguments[0], run_name="__main__")
    except KeyboardInterrupt:
        sys.exit(130)
    except Exception:
        sys.excepthook(*sys.exc_info())
        sys.exit(1)
