"""The keeper: a process that has the libraries loaded, and from which each build is forked.

It reads a line `build NUMBER` from standard input for each build that is wanted, and writes a line of JSON for each
event: `{event: "begin", build}`, then those of the build (see `octavo.preview.building`) and `{event: "print",
text}` for what was printed. A build that is still going when another is wanted is ended first; so is it, with
the keeper, when standard input ends, as it does whatever way the preview itself came to its end.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import selectors
import signal
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any

from octavo.preview.child import Child, start_child

PACKAGE = "octavo"
# How often a process is looked at that should have said how it ended, and might have been killed.
LOOK_SECONDS = 0.1


def main(arguments: Sequence[str]) -> None:
    """Keep builds going, each with these arguments (see `octavo.preview.building`)."""
    for name in arguments[3:]:
        if name.partition(".")[0] != PACKAGE:
            with contextlib.suppress(Exception):  # the build will say what is missing
                import_module(name)
    signal.signal(signal.SIGTERM, lambda number, _: sys.exit(128 + number))
    gc.freeze()  # The collector would touch, and so copy, the memory that builds share with this process.
    Keeper(arguments).run()


class Keeper:
    """At most one build at a time, the one that was wanted last."""

    def __init__(self, arguments: Sequence[str]) -> None:
        self._arguments = list(arguments)
        self._selector = selectors.DefaultSelector()
        self._selector.register(0, selectors.EVENT_READ)
        self._child: Child | None = None

    def run(self) -> None:
        """Build whenever it is wanted, until standard input ends."""
        wanted: str | None = ""
        try:
            while wanted is not None:
                if wanted:
                    self._stop()
                    self._start(int(wanted))
                wanted = self._pass_on()
        finally:
            self._stop()

    def _start(self, number: int) -> None:
        _send(event="begin", build=number)
        self._child = start_child(self._arguments)
        for pipe in self._child.pipes:
            self._selector.register(pipe, selectors.EVENT_READ)

    def _pass_on(self) -> str | None:
        """Pass on what the build says; the number of the next build, empty if none is wanted yet, None at the end."""
        wanted: str | None = ""
        for key, _ in self._selector.select(LOOK_SECONDS if self._child else None):
            if key.fd == 0:
                wanted = _read_wanted()
            elif self._child is not None:
                for event in self._child.read(key.fd):
                    _send(**event)
        if self._child is not None and self._child.ended():
            for event in self._child.finish():
                _send(**event)
            self._stop()
        return wanted

    def _stop(self) -> None:
        if self._child is not None:
            for pipe in self._child.pipes:
                self._selector.unregister(pipe)
            self._child.stop()
            self._child = None


def _read_wanted() -> str | None:
    data = os.read(0, 4096)
    lines = data.decode().split("\n")
    return lines[-2].partition(" ")[2] if len(lines) > 1 else None


def _send(**event: Any) -> None:
    line = memoryview(json.dumps(event).encode() + b"\n")
    with contextlib.suppress(BrokenPipeError):  # nobody is there any more, so standard input ends too
        while line:
            line = line[os.write(1, line) :]


if __name__ == "__main__":
    main(sys.argv[1:])
