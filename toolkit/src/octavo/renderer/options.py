"""Options: with which renderer a site is built, and how."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Callable, Sequence
from typing import NamedTuple

NAME = "the embedded renderer"
# The seconds that a cell may take by default.
CELL_SECONDS = 60.0
OLDEST = (1, 7)


class Options(NamedTuple):
    """How to build.

    Attributes:
        progress: gets a line for each page.
        warn: gets each warning.
        timeout: the seconds that one cell may take.
        patience: the seconds to wait for another build of the same site.
        shows_drafts: whether pages with `draft: true` are rendered.
        preload: the modules that the pages' cells need, imported once for all pages and while the first hook runs.
    """

    progress: Callable[[str], object] = lambda line: None
    warn: Callable[[str], object] = lambda line: None
    timeout: float = CELL_SECONDS
    patience: float = 0.0
    shows_drafts: bool = False
    preload: Sequence[str] = ()


DEFAULTS = Options()


class Choice(NamedTuple):
    """A renderer and why it was chosen; `program` is Quarto's path, empty for the embedded renderer."""

    program: str
    version: tuple[int, ...]
    reason: str

    @property
    def name(self) -> str:
        """The renderer's name, with Quarto's version."""
        return f"Quarto {'.'.join(map(str, self.version))}" if self.program else NAME


def choose_renderer(wanted: str) -> Choice | None:
    """The renderer for `auto`, `quarto` or `embedded`; None if Quarto is requested and isn't there or is too old."""
    if wanted == "embedded":
        return Choice("", (), "asked for")
    program = find_quarto()
    version = read_version(program) if program else ()
    if program and version >= OLDEST:
        return Choice(program, version, "asked for" if wanted == "quarto" else "it is on PATH")
    if wanted == "quarto":
        return None
    return Choice("", (), "Quarto on PATH is too old" if program else "no Quarto on PATH")


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
    """The program's version; empty if it doesn't report one."""
    try:
        answer = subprocess.run([program, "--version"], capture_output=True, text=True, check=False, timeout=60)
    except (OSError, subprocess.TimeoutExpired):
        return ()
    match = re.match(r"(\d+)\.(\d+)\.(\d+)", answer.stdout)
    return tuple(int(number) for number in match.groups()) if match else ()
