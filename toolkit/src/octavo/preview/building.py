"""One build, in a process of its own: the package is imported as it stands on disk, and what happens is reported.

Standard output takes the report, a line of JSON for each event; standard error takes whatever is printed on the way.
Events: `{event: "page", text}`, and at the end one of `{event: "done", rendered, base}` and `{event: "failed", text}`.
"""

from __future__ import annotations

import json
import os
import re
import signal
import sys
import traceback
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from types import FrameType
from typing import Any

# Frames that say nothing about the project's code.
_NOT_SHOWN = re.compile(r"^<frozen |[\\/]importlib[\\/]|[\\/]octavo[\\/]preview[\\/]")

# How long another preview of the same project may keep this one waiting.
PATIENCE_SECONDS = 60.0

Send = Callable[..., None]


def main(arguments: Sequence[str]) -> None:
    """Build the site at `arguments[0]` into `arguments[1]`, a cell taking at most `arguments[2]` seconds.

    The rest are modules that its pages need.
    """
    root, output, timeout, *modules = arguments
    send = open_report()
    signal.signal(signal.SIGTERM, _end)
    os.environ["QUARTO_PROJECT_ROOT"] = root
    sys.path[:0] = [root]
    try:
        build(Path(root), Path(output), float(timeout), modules, send)
    except SystemExit:
        raise
    except BaseException as error:  # a fault in the user's package, which is to be shown and not to end the preview
        send(event="failed", text=describe_fault(error, Path(root)))


def open_report() -> Send:
    """What sends an event; from here on, what is printed goes to standard error."""
    report = os.dup(1)
    os.dup2(2, 1)

    def send(**event: Any) -> None:
        line = memoryview(json.dumps(event).encode() + b"\n")
        while line:
            line = line[os.write(report, line) :]

    return send


def _end(number: int, frame: FrameType | None) -> None:
    """Leave through every `finally`, so that the processes of the pages end too."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    sys.exit(128 + number)


def build(root: Path, output: Path, timeout: float, modules: Sequence[str], send: Send) -> None:
    """Build the site and report."""
    from octavo.documents import draw_ahead
    from octavo.errors import OctavoError
    from octavo.processes import one_thread, orphans_ended
    from octavo.renderer import render_site
    from octavo.renderer.configuration import load_site
    from octavo.renderer.preparation import Preparation
    from octavo.tables.rows import keep_rows

    # Before the hooks and the pages are forked, all of which need them.
    with one_thread():
        for name in modules:
            import_module(name)
    try:
        with orphans_ended():
            rendered = render_site(
                root,
                output,
                preparation=Preparation(load=keep_rows, ahead=draw_ahead),
                progress=lambda text: send(event="page", text=text),
                timeout=timeout,
                patience=PATIENCE_SECONDS,
            )
        send(event="done", rendered=rendered, base=load_site(root).path)
    except OctavoError as error:
        send(event="failed", text=str(error))


def describe_fault(error: BaseException, root: Path) -> str:
    """An error of the package's code: the last line of the project that it passed, what it is, and its traceback."""
    only = "".join(traceback.format_exception_only(error)).rstrip("\n")
    if isinstance(error, SyntaxError) and error.filename:
        return f"{_shorten(error.filename, root)}:{error.lineno}: {type(error).__name__}: {error.msg}\n\n{only}"
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if not _NOT_SHOWN.search(frame.filename)]
    ours = [frame for frame in frames if _shorten(frame.filename, root) != frame.filename]
    place = f"{_shorten(ours[-1].filename, root)}:{ours[-1].lineno}: " if ours else ""
    return "\n".join([place + only.split("\n")[0], "", *traceback.format_list(frames), only])


def _shorten(file: str, root: Path) -> str:
    path = Path(file)
    return str(path.relative_to(root)) if path.is_relative_to(root) else file


if __name__ == "__main__":
    main(sys.argv[1:])
