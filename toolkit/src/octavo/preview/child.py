"""The child: the process of one build, and what comes out of it."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from importlib import import_module
from typing import Any

from octavo.processes import can_fork, fork

Event = dict[str, Any]

PACKAGE = "octavo"
FINAL = ("done", "failed")
# How long a build may take to end its pages' processes before it is killed.
END_SECONDS = 3.0


class Child:
    """A running build: its process and the pipes for its report and for what it prints."""

    def __init__(self, pid: int, report: int, printed: int, process: subprocess.Popen[bytes] | None = None) -> None:
        self.pipes = [report, printed]
        self._pid = pid
        self._process = process
        self._status: int | None = None
        self._last: Event | None = None
        self._line = b""
        for pipe in self.pipes:
            os.set_blocking(pipe, False)

    def read(self, pipe: int) -> list[Event]:
        """The events that have come through one of the pipes, the last of the build excepted; never waits."""
        chunk = _take(pipe)
        return self._read_report(chunk) if pipe == self.pipes[0] else _read_print(chunk)

    def _read_report(self, chunk: bytes) -> list[Event]:
        *lines, self._line = (self._line + chunk).split(b"\n")
        events: list[Event] = [json.loads(line) for line in lines]
        for event in events:
            if event["event"] in FINAL:
                self._last = event
        return [event for event in events if event["event"] not in FINAL]

    def ended(self) -> bool:
        """Whether the build is over: it has said so, or its process is gone."""
        return self._last is not None or self._gone()

    def _gone(self) -> bool:
        if self._status is None:
            if self._process is not None:
                self._status = self._process.poll()
            else:
                pid, status = os.waitpid(self._pid, os.WNOHANG)
                self._status = os.waitstatus_to_exitcode(status) if pid else None
        return self._status is not None

    def finish(self) -> Iterator[Event]:
        """What a build that is over has left in its pipes, and then its last event."""
        report, printed = self.pipes
        while chunk := _take(report):
            yield from self._read_report(chunk)
        while chunk := _take(printed):
            yield from _read_print(chunk)
        yield self._last or {"event": "failed", "text": self._describe_end()}

    def _describe_end(self) -> str:
        status = self._status or 0
        how = f"by signal {-status}" if status < 0 else f"with status {status}"
        return f"the build's process ended {how} before it was done"

    def stop(self) -> None:
        """End the process and whatever it started."""
        until = time.monotonic() + END_SECONDS
        self._signal(signal.SIGTERM)
        while not self._gone():
            if time.monotonic() > until:
                self._signal(signal.SIGKILL)
            time.sleep(0.005)
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self._pid, signal.SIGKILL)
        for pipe in self.pipes:
            os.close(pipe)

    def _signal(self, number: signal.Signals) -> None:
        if not self._gone():
            with contextlib.suppress(ProcessLookupError):
                os.kill(self._pid, number)


def _take(pipe: int) -> bytes:
    try:
        return os.read(pipe, 1 << 16)
    except BlockingIOError:
        return b""


def _read_print(chunk: bytes) -> list[Event]:
    return [{"event": "print", "text": chunk.decode("utf-8", "replace")}] if chunk else []


def start_child(arguments: Sequence[str]) -> Child:
    """A process that builds, forked where that is safe and started anew elsewhere."""
    return _fork_child(arguments) if can_fork() else _spawn_child(arguments)


def _fork_child(arguments: Sequence[str]) -> Child:
    (report, reporting), (printed, printing) = os.pipe(), os.pipe()
    pid = fork()
    if pid:
        os.close(reporting)
        os.close(printing)
        return Child(pid, report, printed)
    status = 1
    try:
        os.setsid()
        nowhere = os.open(os.devnull, os.O_RDONLY)
        for source, target in ((nowhere, 0), (reporting, 1), (printing, 2)):
            os.dup2(source, target)
        forget_package()
        import_module("octavo.preview.building").main(arguments)
        status = 0
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else 1
    finally:
        os._exit(status)


def forget_package() -> None:
    """Let the package's modules be read from disk when they are next imported."""
    for name in [name for name in sys.modules if name.partition(".")[0] == PACKAGE]:
        del sys.modules[name]


def _spawn_child(arguments: Sequence[str]) -> Child:
    process = subprocess.Popen(
        [sys.executable, "-m", "octavo.preview.building", *arguments],
        start_new_session=True,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    if process.stdout is None or process.stderr is None:
        raise AssertionError("the pipes were asked for")
    return Child(process.pid, os.dup(process.stdout.fileno()), os.dup(process.stderr.fileno()), process)
