"""Odd files: those that can't be part of a site because reading them never ends or their names aren't text."""

from __future__ import annotations

import re
import stat
from pathlib import Path

from octavo.errors import Problem, quote_value
from octavo.renderer.fingerprint import list_paths

_KINDS = {
    stat.S_IFIFO: "a named pipe",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
}
_UNREADABLE = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")


def find_odd_files(folder: Path) -> list[Problem]:
    """An error for each such file in the folder, except hidden ones and those in hidden folders."""
    problems = []
    for path in map(Path, sorted(list_paths(str(folder)))):
        is_hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        fault = "" if is_hidden else _find_fault(path)
        if fault:
            problems.append(
                Problem(quote_value(str(path)) if _UNREADABLE.search(str(path)) else str(path), 1, 1, fault)
            )
    return problems


def _find_fault(path: Path) -> str:
    if _UNREADABLE.search(path.name):
        return "its name isn't UTF-8 or has a control character in it; rename it"
    try:
        kind = _KINDS.get(stat.S_IFMT(path.stat().st_mode))
    except OSError:  # a broken link, which is reported where something needs it
        return ""
    return f"this is {kind}, which can't be part of a site; remove it" if kind else ""
