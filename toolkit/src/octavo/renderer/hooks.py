"""Hooks: the scripts of `pre-render` and `post-render`, run as Quarto runs them."""

from __future__ import annotations

import os
import runpy
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import chdir, contextmanager
from pathlib import Path

from octavo.errors import OctavoError


def run_scripts(stage: str, commands: Sequence[str], root: Path, environment: Mapping[str, str]) -> None:
    """Run the scripts of a stage one after another.

    Raises:
        OctavoError: at the first script that fails.
    """
    for command in commands:
        # Quarto, too, splits at spaces and knows no quotes.
        arguments = command.split()
        run = _run_python if arguments[0].endswith(".py") else _run_program
        with _as_script(arguments, root, environment):
            status = run(arguments)
        if status:
            raise OctavoError(f"the {stage} script `{command}` failed; the site is unchanged")


@contextmanager
def _as_script(arguments: list[str], root: Path, environment: Mapping[str, str]) -> Iterator[None]:
    """Set this process up as a script expects, and undo the script's changes afterward."""
    kept = dict(os.environ), sys.argv, list(sys.path)
    os.environ.update(environment)
    sys.argv, sys.path[0] = arguments, str((root / arguments[0]).parent)
    try:
        with chdir(root):
            yield
    finally:
        os.environ.clear()
        os.environ.update(kept[0])
        sys.argv, sys.path[:] = kept[1:]


def _run_python(arguments: Sequence[str]) -> int:
    """Run a Python script in this process, which has already imported what Octavo's scripts need; its exit status."""
    process = os.getpid()
    try:
        runpy.run_path(arguments[0], run_name="__main__")
    except SystemExit as end:
        if isinstance(end.code, str):
            sys.stderr.write(f"{end.code}\n")
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    except Exception:
        sys.excepthook(*sys.exc_info())
        return 1
    finally:
        if os.getpid() != process:
            os._exit(0)  # a fork of the script must not continue the build
    return 0


def _run_program(arguments: Sequence[str]) -> int:
    try:
        return subprocess.run(arguments, check=False).returncode
    except OSError as error:
        raise OctavoError(f"the script `{arguments[0]}` can't be started: {error.strerror}") from None
