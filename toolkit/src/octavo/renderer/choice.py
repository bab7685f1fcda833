"""The choice of a renderer: Quarto if it is installed, the embedded one otherwise."""

from __future__ import annotations

import os
import re
import subprocess
from typing import NamedTuple

from octavo.renderer.options import NAME

OLDEST = (1, 7)


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
    """The renderer for `auto`, `quarto` or `embedded`; None if Quarto is wanted and there is none new enough."""
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
