"""Quarto: the publisher itself, where it is installed, run so that a failure leaves the old site standing."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

OLDEST = (1, 7)


def find_quarto() -> str | None:
    """The path of the `quarto` on PATH."""
    names = ("quarto.exe", "quarto.cmd") if os.name == "nt" else ("quarto",)
    for folder in os.environ.get("PATH", "").split(os.pathsep):
        for name in names:
            path = os.path.join(folder, name)
            if folder and os.path.isfile(path) and os.access(path, os.X_OK):
                return path
    return None


def read_version(program: str) -> tuple[int, ...]:
    """The version that the program says it has; empty if it says none."""
    import re
    import subprocess

    try:
        answer = subprocess.run([program, "--version"], capture_output=True, text=True, check=False, timeout=60)
    except (OSError, subprocess.TimeoutExpired):
        return ()
    match = re.match(r"(\d+)\.(\d+)\.(\d+)", answer.stdout)
    return tuple(int(number) for number in match.groups()) if match else ()


def run_quarto(program: str, root: Path, folder: Path, *, quiet: bool) -> None:
    """Render the project at `root` into `folder` by Quarto, with this Python for its cells and hooks.

    HomepageError where Quarto fails; it has then said why.
    """
    import subprocess

    from homepage.errors import HomepageError

    command = [program, "render", "--output-dir", os.path.relpath(folder, root), *(["--quiet"] if quiet else [])]
    environment = {**os.environ, "QUARTO_PYTHON": sys.executable}
    # In a session of its own, so that its kernels can be ended with it.
    process = subprocess.Popen(command, cwd=root, env=environment, start_new_session=True)
    try:
        status = process.wait()
    except BaseException:
        _end_all(process.pid)
        process.wait()
        raise
    if status:
        raise HomepageError(f"Quarto failed with status {status}; the site is as it was")


def _end_all(pid: int) -> None:
    import contextlib
    import signal

    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)
