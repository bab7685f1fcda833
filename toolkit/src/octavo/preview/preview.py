"""The preview as a whole: it watches, builds, serves, and reports on the terminal."""

from __future__ import annotations

import contextlib
import re
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from octavo.errors import OctavoError
from octavo.preview.builder import Build, Result
from octavo.preview.server import open_server
from octavo.preview.status import Status
from octavo.preview.watching import Watch
from octavo.renderer.configuration import load_site
from octavo.tracebacks import shorten_paths

# In the renderer's cache; never the folder that is published.
OUTPUT = Path(".cache", "octavo", "preview")
# How much of the end of a build's output is shown with its error.
PRINTED_CHARACTERS = 20_000
# How often to look for changes, and whether the build has ended.
LOOK_SECONDS = 0.1
# How many changed files are named; the others are counted.
NAMED = 5
_PLACE = re.compile(r"\S.*?:\d+:")
_PROGRESS = re.compile(r"\[\d+/\d+\] ")


def run_preview(
    root: Path, port: int | None, command: Sequence[str], say: Callable[[str], None], stop: threading.Event
) -> None:
    """Preview the project at `root` until `stop` is set.

    Args:
        root: the project.
        port: the port to serve at; None for the first free one.
        command: builds the site (see `Build`).
        say: gets lines for the terminal.
        stop: ends the preview.

    Raises:
        OctavoError: if the port is not available.
    """
    status = Status()
    report = Report(root, status, say)
    server = open_server(port, root, root / OUTPUT, status)
    threading.Thread(target=server.serve_forever, name="server", daemon=True).start()
    try:
        say(f"preview at {server.address} (Ctrl-C ends it)")
        keep_building(root, command, report, stop)
    finally:
        status.close()
        server.shutdown()
        server.server_close()


def keep_building(root: Path, command: Sequence[str], report: Report, stop: threading.Event) -> None:
    """Build at once and after each change, until `stop` is set; a build that still runs then is ended first.

    A build may have read a file that was changed and restored while it ran, so one more build follows; but not a third,
    since a hook may rewrite its files each time.
    """
    watch = Watch(root)
    build, may_repeat = Build(root, root / OUTPUT, command, report.add_line), True
    try:
        while not stop.wait(LOOK_SECONDS):
            if paths := watch.list_changes():
                report.say(name_changes(paths))
                build.end()
                build, may_repeat = Build(root, root / OUTPUT, command, report.add_line), True
            elif result := build.take_result():
                report.finish(result)
            elif may_repeat and watch.rewritten and build.is_reported:
                build, may_repeat = Build(root, root / OUTPUT, command, report.add_line), False
    finally:
        build.end()


def name_changes(paths: Sequence[str]) -> str:
    """A line that names the changed files."""
    named = ", ".join(paths[:NAMED])
    more = len(paths) - NAMED
    return f"{time.strftime('%H:%M:%S')} {named}{f' and {more} more' if more > 0 else ''}"


class Report:
    """Shows the output of builds on the terminal, and their results on the terminal and in the pages."""

    def __init__(self, root: Path, status: Status, say: Callable[[str], None]) -> None:
        self._root = root
        self._status = status
        self.say = say
        self._printed = ""

    def add_line(self, line: str) -> None:
        """Process a line that the build printed."""
        if _PROGRESS.match(line):
            self.say("  " + line)
        else:
            self._printed = f"{self._printed}{line}\n"[-PRINTED_CHARACTERS:]
            self.say(line)

    def finish(self, result: Result) -> None:
        """Process the result of the build."""
        printed, self._printed = self._printed.strip("\n"), ""
        if result.failure:
            parts = [result.failure, printed]
            # A script that failed has already printed the place.
            if not _PLACE.match(result.failure):
                parts.reverse()
            self._status.set_failed(shorten_paths("\n\n".join(filter(str.strip, parts)), self._root))
            self.say(result.failure)
        else:
            self._status.set_built(self._find_base(), result.renewed)
            self.say(f"  built in {result.seconds:.2f} s" if result.renewed else "  nothing to rebuild")

    def _find_base(self) -> str:
        """The path under which the site is published."""
        with contextlib.suppress(OctavoError):  # edited just now; the next build reports it
            return load_site(self._root).path
        return self._status.state.base
