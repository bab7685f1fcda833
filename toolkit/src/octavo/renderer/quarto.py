"""Quarto: runs it, if it is installed, so that a failure leaves the old site in place."""

from __future__ import annotations

import codecs
import os
import re
import selectors
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from octavo.errors import OctavoError
from octavo.processes import end_group
from octavo.renderer.ansi import strip_colors
from octavo.renderer.configuration import find_output
from octavo.renderer.limits import limit_memory
from octavo.renderer.options import Choice
from octavo.renderer.swap import renew

# How many characters of the output's end are kept; a cell may print forever.
KEPT = 20_000
# How many times a cell's limit Quarto may be silent; it never finishes a page whose cell printed 100 MB.
SILENCE = 5
_PAGE = re.compile(r"^\[ *\d+/\d+\] (.+)$", re.MULTILINE)
_WARNING = re.compile(r"^(?:\(W\) )?(\S+:\d+:\d+: warning: .*)$", re.MULTILINE)
# An unfinished line: Quarto completes it when the cell is done.
_CELL = re.compile(r"^ +Cell (\d+)/\d+: .*\.\.\.+\Z", re.MULTILINE)
# How often to check whether Quarto has ended.
LOOK_SECONDS = 0.1
FULL_BYTES = 1 << 20


class QuartoLog:
    """The end of the output so far."""

    def __init__(self) -> None:
        self._text = ""
        self._page = ""
        self._cell = ""
        self._begun = self._heard = time.monotonic()

    @property
    def text(self) -> str:
        """The output as plain text."""
        return self._text.strip("\n")

    def list_warnings(self) -> list[str]:
        """The warnings of the hook and of the format's filters."""
        return _WARNING.findall(self._text)

    def describe_delay(self, timeout: float) -> str:
        """A message about the cell or page that took too long, given the cell's limit in seconds."""
        place = f"{self._page}: " if self._page else ""
        if self._cell:
            return f"{place}{self._cell} took longer than {timeout:g} s and was ended"
        return f"{place}Quarto said nothing for {SILENCE * timeout:g} s and was ended; does a cell print too much?"

    def add(self, text: str) -> None:
        """Add the next output."""
        self._text = (self._text + strip_colors(text).replace("\r", ""))[-KEPT:]
        if pages := _PAGE.findall(self._text):
            self._page = pages[-1]
        running = _CELL.search(self._text)
        cell = f"cell {running[1]}" if running else ""
        if cell != self._cell:
            self._cell, self._begun = cell, time.monotonic()
        if text:
            self._heard = time.monotonic()

    def left(self, timeout: float) -> float:
        """The seconds left to the running cell, or else to a silent Quarto."""
        end = self._begun + timeout if self._cell else self._heard + SILENCE * timeout
        return max(0.0, end - time.monotonic())


def render_with_quarto(
    choice: Choice,
    root: Path,
    output: Path | None,
    timeout: float,
    tell: Callable[[str], None] | None,
    warn: Callable[[str], None],
) -> None:
    """Render the project at `root` into `output`, or else into its `output-dir`, as `run_quarto` does."""

    def build(folder: Path) -> Sequence[OctavoError]:
        log = run_quarto(choice.program, root, folder, timeout, tell)
        for warning in () if tell else log.list_warnings():
            warn(warning)
        return ()

    renew(root, find_output(root, output), choice.name, build, output)


def run_quarto(program: str, root: Path, folder: Path, timeout: float, tell: Callable[[str], None] | None) -> QuartoLog:
    """Render the project at `root` into `folder` with Quarto, using this Python for cells and hooks; its output.

    Args:
        program: Quarto's path.
        root: the project.
        folder: the empty folder of the new site.
        timeout: the seconds that one cell may take.
        tell: called with Quarto's output as it arrives; if None, errors include the output.

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
        return _follow(process, folder, tell, timeout)
    except BaseException:
        end_group(process.pid)
        process.wait()
        raise
    finally:
        if process.stdout is not None:
            process.stdout.close()


def _follow(
    process: subprocess.Popen[bytes], folder: Path, tell: Callable[[str], None] | None, timeout: float
) -> QuartoLog:
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
        # Quarto reports a full disk in many different ways.
        is_full = shutil.disk_usage(folder.parent).free < FULL_BYTES
        why = ", because the disk is full; free up some space" if is_full else ""
        raise OctavoError(f"{said}Quarto failed with status {status}{why}; the site is unchanged")
    return log
