"""Quarto: the publisher itself, where it is installed, run so that a failure leaves the old site standing."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable
    from pathlib import Path

OLDEST = (1, 7)
# How often it is looked at whether Quarto has ended.
LOOK_SECONDS = 0.1
FULL_BYTES = 1 << 20


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


def run_quarto(program: str, root: Path, folder: Path, tell: Callable[[str], None] | None, timeout: float) -> None:
    """Render the project at `root` into `folder` by Quarto, with this Python for its cells and hooks.

    `tell` gets what Quarto says, as it says it. OctavoError where Quarto fails, with what it said unless that was
    told, or where a cell takes longer than `timeout` seconds or Quarto is silent for some times that.
    """
    import subprocess

    from octavo.renderer.memory import limit_memory

    # Without --quiet: with it, Quarto says nothing of a cell that failed.
    command = [program, "render", "--output-dir", os.path.relpath(folder, root)]
    process = subprocess.Popen(
        command,
        cwd=root,
        env={**os.environ, "QUARTO_PYTHON": sys.executable},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    limit_memory(process.pid)
    try:
        _follow(process, folder, tell, timeout)
    except BaseException:
        _end_all(process.pid)
        process.wait()
        raise
    finally:
        if process.stdout is not None:
            process.stdout.close()


def _follow(process: subprocess.Popen[bytes], folder: Path, tell: Callable[[str], None] | None, timeout: float) -> None:
    """Hear what Quarto says until it ends."""
    import codecs
    import selectors

    from octavo.errors import OctavoError
    from octavo.renderer.quarto_log import QuartoLog

    if process.stdout is None:
        raise AssertionError("the pipe was asked for")
    log = QuartoLog()
    decode = codecs.getincrementaldecoder("utf-8")("replace").decode
    with selectors.DefaultSelector() as selector:
        selector.register(process.stdout, selectors.EVENT_READ)
        chunk = b" "
        while chunk:
            readable = selector.select(min(LOOK_SECONDS, log.left(timeout)))
            if not readable and log.left(timeout) <= 0:
                said = "" if tell else f"{log.text}\n"
                raise OctavoError(f"{said}{log.describe_delay(timeout)}")
            if not readable and process.poll() is None:
                continue
            # What a cell left running may hold the pipe open, so that it has no end.
            readable = readable or selector.select(0)
            chunk = os.read(process.stdout.fileno(), 1 << 16) if readable else b""
            text = decode(chunk, final=not chunk)
            log.add(text)
            if tell is not None:
                tell(text)
    status = process.wait()
    if status:
        said = "" if tell else f"{log.text}\n"
        why = ", as the disk is full: make room on it" if _is_full(folder.parent) else ""
        raise OctavoError(f"{said}Quarto failed with status {status}{why}; the site is as it was")


def _is_full(folder: Path) -> bool:
    """Whether its disk has hardly any room; Quarto's own words for it are many."""
    import shutil

    return shutil.disk_usage(folder).free < FULL_BYTES


def _end_all(pid: int) -> None:
    import contextlib
    import signal

    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)
