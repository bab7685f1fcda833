"""Tracebacks: shows bugs in the project's code."""

from __future__ import annotations

import os
import re
import sysconfig
import traceback
from pathlib import Path

# Frames that say nothing about the project's code.
_HIDDEN = re.compile(r"^<frozen |[\\/]importlib[\\/]")


def describe_bug(error: BaseException, root: Path) -> str:
    """The error with the last file and line of the project at `root` that it passed through, and its traceback."""
    only = "".join(traceback.format_exception_only(error)).rstrip("\n")
    if isinstance(error, SyntaxError) and error.filename:
        return f"{_shorten(error.filename, root)}:{error.lineno}: {type(error).__name__}: {error.msg}\n\n{only}"
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if not _HIDDEN.search(frame.filename)]
    ours = [frame for frame in frames if _shorten(frame.filename, root) != frame.filename]
    place = f"{_shorten(ours[-1].filename, root)}:{ours[-1].lineno}: " if ours else ""
    return "\n".join([place + only.split("\n")[0], "", *traceback.format_list(frames), only])


def shorten_paths(text: str, root: Path) -> str:
    """The text with the paths of files in the project, in packages, and in Python's library without their folders.

    For pages, which shouldn't show the names of the machine's folders.
    """
    places = [str(root), str(Path(__file__).parents[1]), *(sysconfig.get_path(name) for name in ("purelib", "stdlib"))]
    for place in sorted(places, key=len, reverse=True):
        text = text.replace(place + os.sep, "")
    return text.replace(str(Path.home()) + os.sep, f"~{os.sep}")


def _shorten(file: str, root: Path) -> str:
    path = Path(file)
    return str(path.relative_to(root)) if path.is_relative_to(root) else file
