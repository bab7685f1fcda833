"""Quarto: runs it, if it is installed, so that a failure leaves the old site in place."""

from __future__ import annotations

import codecs
import os
import selectors
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from octavo.errors import OctavoError
from octavo.processes import end_group
from octavo.renderer.choice import Choice
from octavo.renderer.configuration import find_output
from octavo.renderer.limits import limit_memory
from octavo.renderer.quarto_log import QuartoLog
from octavo.renderer.swap import renew

# How often to check whether Quarto has ended.
LOOK_SECONDS = 0.1
FULL_BYTES = 1 << 20


def render_with_quarto(
    choice: Choice, root: Path, output: Path | None, tell: Callable[[str], None] | None, timeout: float
) -> None:
    """Render the project at `root` into `output`, or else into its `output-dir`, as `run_quarto` does."""

    def build(folder: Path) -> Sequence[OctavoError]:
        run_quarto(choice.program, root, folder, tell, timeout)
        return ()

    renew(root, find_output(root, output), choice.name, build, output)


def run_quarto(program: str, root: Path, folder: Path, tell: Callable[[str], None] | None, timeout: float) -> None:
    """Render the project at `root` into `folder` with Quarto, using this Python for cells and hooks.

    Args:
        program: Quarto's path.
        root: the project.
        folder: the empty folder of the new site.
        tell: called with Quarto's output as it arrives; if None, errors include the output.
        timeout: the seconds that one cell may take.

    Raises:
        OctavoError: if Quarto fails, a cell takes too long, or Quarto is silent for several times the limit.
    """
    # Not --quiet: it would hide which cell failed.
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
        end_group(process.pid)
        process.wait()
        raise
    finally:
        if process.stdout is not None:
            process.stdout.close()


def _follow(process: subprocess.Popen[bytes], folder: Path, tell: Callable[[str], None] | None, timeout: float) -> None:
    """Follow Quarto's output until it ends."""
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
            # A process that a cell left running may keep the pipe open.
            readable = readable or selector.select(0)
            chunk = os.read(process.stdout.fileno(), 1 << 16) if readable else b""
            text = decode(chunk, final=not chunk)
            log.add(text)
            if tell is not None:
                tell(text)
    status = process.wait()
    if status:
        said = "" if tell else f"{log.text}\n"
        why = ", because the disk is full; free up some space" if _is_full(folder.parent) else ""
        raise OctavoError(f"{said}Quarto failed with status {status}{why}; the site is unchanged")


def _is_full(folder: Path) -> bool:
    """Whether its disk is nearly full; Quarto reports that in many different ways."""
    return shutil.disk_usage(folder).free < FULL_BYTES
