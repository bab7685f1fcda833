"""The helpers of a build: the processes that run its hooks and its pages' cells, started before all else."""

from __future__ import annotations

import os
import signal
import socket
import time
from contextlib import suppress
from functools import cached_property
from typing import TYPE_CHECKING

from octavo.processes import can_fork, start_process, wait_for

if TYPE_CHECKING:
    from octavo.renderer.hooks import Hooks
    from octavo.renderer.preparation import Preparation
    from octavo.renderer.workers import Workers


class Helpers:
    """The hooks and the workers of one build.

    What they import takes longest of all. So where processes can be forked, the one that both are forked from is
    started at once, with hardly anything imported yet, and before it is known whether there is something to build.
    """

    def __init__(self, preparation: Preparation) -> None:
        self.begun = time.time()
        """When this was, in seconds since the epoch: what is imported may be as old."""
        self._pid = 0
        if can_fork():
            self._scripts, scripts = socket.socketpair()
            self._pages, pages = socket.socketpair()
            self._pid = start_process(lambda: self._serve(scripts, pages, preparation))
            scripts.close()
            pages.close()

    @cached_property
    def hooks(self) -> Hooks:
        """What runs the scripts."""
        from octavo.renderer.hooks import ForkedHooks, Hooks

        return ForkedHooks(self._scripts) if self._pid else Hooks()

    @cached_property
    def workers(self) -> Workers:
        """What runs the pages' cells."""
        from octavo.renderer.workers import ForkedWorkers, Workers

        return ForkedWorkers(self._pages) if self._pid else Workers()

    def end(self) -> None:
        """Let the processes end, and with them a script and a page that still run."""
        if self._pid:
            os.kill(self._pid, signal.SIGKILL)

    def close(self) -> None:
        """Wait until the processes have ended; nothing if that has been done."""
        if not self._pid:
            return
        self.end()
        pid, self._pid = self._pid, 0
        wait_for(pid)
        self._pages.close()
        # The scripts' process ends with the one that forked it, a moment later.
        with self._scripts, suppress(ConnectionResetError):
            while self._scripts.recv(4096):
                pass

    def _serve(self, scripts: socket.socket, pages: socket.socket, preparation: Preparation) -> None:
        from octavo.renderer.forkserver import serve

        self._scripts.close()
        self._pages.close()
        serve(scripts, pages, preparation)
