"""Workers: the processes of the pages, as the build sees them."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from octavo.errors import OctavoError
from octavo.renderer.messages import receive, send
from octavo.renderer.worker import LENGTH

_MODULE = "octavo.renderer.worker"


class Worker:
    """A running process, the pipe that its events come through, and how its exit status is waited for."""

    def __init__(self, pid: int, pipe: int, wait: Callable[[], int]) -> None:
        self.pid = pid
        self.pipe = pipe
        self._wait = wait
        self._buffer = bytearray()

    def read_events(self) -> list[dict[str, Any]] | None:
        """The events that have come; None when the process has closed its pipe. May block."""
        chunk = os.read(self.pipe, 1 << 20)
        if not chunk:
            return None
        self._buffer += chunk
        events = []
        while len(self._buffer) >= LENGTH.size:
            (length,) = LENGTH.unpack_from(self._buffer)
            end = LENGTH.size + length
            if len(self._buffer) < end:
                break
            events.append(json.loads(self._buffer[LENGTH.size : end]))
            del self._buffer[:end]
        return events

    def stop(self) -> None:
        """End the process and whatever it started, without a word to who started it, who may be gone or interrupted."""
        os.close(self.pipe)
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.kill(self.pid, getattr(signal, "SIGKILL", signal.SIGTERM))  # it may not yet lead its group
        self._end_group()

    def wait(self) -> int:
        """The exit status of a process that has closed its pipe; what it left running is ended."""
        os.close(self.pipe)
        try:
            return self._wait()
        finally:
            self._end_group()

    def _end_group(self) -> None:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            if hasattr(os, "killpg"):
                os.killpg(self.pid, signal.SIGKILL)


class Workers:
    """Each page's process is started anew, where processes can't be forked safely."""

    waiting_for: socket.socket | None = None
    """What becomes readable when a worker can be started, and `prepared` is to be called; None if one can already."""

    def prepare(self) -> None:
        """Read what the pages share that are started from now on, where they share anything."""

    def prepared(self) -> None:
        """Take note that workers can be started.

        Raises:
            OctavoError: if what starts them failed.
        """

    def start(self, cells: Sequence[Mapping[str, Any]], folder: Path, environment: Mapping[str, str]) -> Worker:
        """A worker that runs `cells` in `folder`, with `environment` on top of this process's own."""
        root = str(Path(__file__).parents[2])
        path = os.pathsep.join([root, *filter(None, [os.environ.get("PYTHONPATH")])])
        process = subprocess.Popen(
            [sys.executable, "-m", _MODULE],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,
            env={**os.environ, **environment, "PYTHONPATH": path},
        )
        if process.stdin is None or process.stdout is None:
            raise AssertionError("the pipes were asked for")
        with contextlib.suppress(BrokenPipeError), process.stdin as pipe:
            pipe.write(json.dumps([list(map(dict, cells)), str(folder)]).encode())
        with process.stdout as pipe:
            return Worker(process.pid, os.dup(pipe.fileno()), process.wait)


class ForkedWorkers(Workers):
    """Each page's process is forked from the fork server at the other end of the connection."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection

    def prepare(self) -> None:
        self.waiting_for = self._connection
        send(self._connection, {"load": True})

    def prepared(self) -> None:
        self._receive()
        self.waiting_for = None

    def start(self, cells: Sequence[Mapping[str, Any]], folder: Path, environment: Mapping[str, str]) -> Worker:
        reading, writing = os.pipe()
        request = {"cells": list(map(dict, cells)), "folder": str(folder), "environment": dict(environment)}
        try:
            pid = self._ask(request, writing)
        except BaseException:
            os.close(reading)
            raise
        finally:
            os.close(writing)
        return Worker(pid, reading, lambda: self._ask({"wait": pid}))

    def _ask(self, request: Mapping[str, Any], *pipes: int) -> int:
        send(self._connection, request, *pipes)
        return self._receive()

    def _receive(self) -> int:
        answer = receive(self._connection)
        if answer is None:
            raise OctavoError("the pages' process failed; the site is as it was")
        return int(answer.content)
