"""The preview as a whole: it watches, builds, serves, and says on the terminal what it does."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from octavo.preview.builder import Builder
from octavo.preview.server import open_server
from octavo.preview.status import Status
from octavo.preview.watching import watch_project
from octavo.renderer import CELL_SECONDS

# Beside the renderer's other caches; never the folder that is published.
OUTPUT = Path(".cache", "octavo", "preview")
# Of what a build printed, this much of the end is shown with its error.
PRINTED_CHARACTERS = 20_000
# Changed files that are named; the others are counted.
NAMED = 5
PLACE = re.compile(r"\S.*?:\d+:")


def run_preview(
    root: Path,
    port: int | None,
    modules: Sequence[str],
    say: Callable[[str], None],
    stop: threading.Event,
    timeout: float = CELL_SECONDS,
) -> None:
    """Preview the project at `root` until `stop` is set; `say` gets lines for the terminal.

    `modules` are what the pages' cells need, imported beforehand; a cell may take `timeout` seconds.
    OctavoError if the port can't be had.
    """
    status = Status()
    report = Report(status, say)
    server = open_server(port, root, root / OUTPUT, status)
    builder = Builder(root, root / OUTPUT, modules, report.note, timeout)
    threading.Thread(target=server.serve_forever, name="server", daemon=True).start()
    try:
        say(f"preview at {server.address} (Ctrl-C ends it)")
        builder.request_build()
        for paths in watch_project(root, stop):
            say(name_changes(paths))
            builder.request_build()
    finally:
        status.close()
        builder.close()
        server.shutdown()
        server.server_close()


def name_changes(paths: Sequence[str]) -> str:
    """A line that names what has changed."""
    named = ", ".join(paths[:NAMED])
    more = len(paths) - NAMED
    return f"{time.strftime('%H:%M:%S')} {named}{f' and {more} more' if more > 0 else ''}"


class Report:
    """What a build says, brought to the terminal and to the status."""

    def __init__(self, status: Status, say: Callable[[str], None]) -> None:
        self._status = status
        self._say = say
        self._printed = self._line = ""
        self._begun = 0.0

    def note(self, event: dict[str, Any]) -> None:
        """Take in one event of the builder."""
        getattr(self, "_note_" + event["event"])(event)

    def _note_begin(self, event: dict[str, Any]) -> None:
        self._printed, self._line, self._begun = "", "", time.monotonic()

    def _note_page(self, event: dict[str, Any]) -> None:
        self._say("  " + event["text"])

    def _note_print(self, event: dict[str, Any]) -> None:
        self._printed = (self._printed + event["text"])[-PRINTED_CHARACTERS:]
        *lines, self._line = (self._line + event["text"]).split("\n")
        for line in lines:
            self._say(line)

    def _note_done(self, event: dict[str, Any]) -> None:
        self._status.set_built(event["base"], event["rendered"])
        taken = time.monotonic() - self._begun
        self._say(f"  built in {taken:.2f} s" if event["rendered"] else "  nothing to build anew")

    def _note_failed(self, event: dict[str, Any]) -> None:
        parts = [event["text"], self._printed.strip("\n")]
        # What failed is a script of the project, and it has itself said where.
        if not PLACE.match(event["text"]):
            parts.reverse()
        self._status.set_failed("\n\n".join(part for part in parts if part))
        self._say(event["text"])
