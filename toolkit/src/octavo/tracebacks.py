"""Tracebacks: how a bug in the project's code is shown."""

from __future__ import annotations

import re
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


def _shorten(file: str, root: Path) -> str:
    path = Path(file)
    return str(path.relative_to(root)) if path.is_relative_to(root) else file
