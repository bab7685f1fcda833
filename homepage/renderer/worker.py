"""The worker: the process that runs one page's cells and tells what came out.

Forked from a parent that has everything imported, where that is safe; started anew elsewhere, with the
same result, later.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import signal
import struct
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from homepage.processes import can_fork, fork
from homepage.renderer.memory import limit_memory

# A long list is made of many, all of which are kept; the collector would look through them at every 700th.
_MANY_OBJECTS = 50_000
_LENGTH = struct.Struct("!Q")


class Worker:
    """A running process and the pipe that its events come through."""

    def __init__(self, pid: int, pipe: int, process: subprocess.Popen[bytes] | None = None) -> None:
        self.pid = pid
        self.pipe = pipe
        self._process = process
        self._buffer = bytearray()

    def read_events(self) -> list[dict[str, Any]] | None:
        """The events that have come; None when the process has closed its pipe. May block."""
        chunk = os.read(self.pipe, 1 << 20)
        if not chunk:
            return None
        self._buffer += chunk
        events = []
        while len(self._buffer) >= _LENGTH.size:
            (length,) = _LENGTH.unpack_from(self._buffer)
            end = _LENGTH.size + length
            if len(self._buffer) < end:
                break
            events.append(json.loads(self._buffer[_LENGTH.size : end]))
            del self._buffer[:end]
        return events

    def stop(self) -> int:
        """End the process and whatever it started; its exit status, negative for a signal."""
        os.close(self.pipe)
        with contextlib.suppress(ProcessLookupError, PermissionError):
            if hasattr(os, "killpg"):
                os.killpg(self.pid, signal.SIGKILL)
        if self._process is not None:
            self._process.kill()
            return self._process.wait()
        _, status = os.waitpid(self.pid, 0)
        return os.waitstatus_to_exitcode(status)

    def wait(self) -> int:
        """The exit status of a process that has closed its pipe; what it left running is ended."""
        if self._process is not None:
            status = self._process.wait()
        else:
            status = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
        os.close(self.pipe)
        with contextlib.suppress(ProcessLookupError, PermissionError):
            if hasattr(os, "killpg"):
                os.killpg(self.pid, signal.SIGKILL)
        return status


def start_worker(cells: Sequence[Mapping[str, Any]], folder: Path, environment: Mapping[str, str]) -> Worker:
    """A worker that runs `cells` in `folder`, with `environment` on top of this process's own."""
    if can_fork():
        return _fork_worker(cells, folder, environment)
    return _spawn_worker(cells, folder, environment)


def _fork_worker(cells: Sequence[Mapping[str, Any]], folder: Path, environment: Mapping[str, str]) -> Worker:
    reading, writing = os.pipe()
    gc.freeze()  # The collector would touch, and so copy, the parent's memory.
    pid = fork()
    if pid:
        os.close(writing)
        return Worker(pid, reading)
    status = 1
    try:
        os.close(reading)
        os.setsid()
        os.environ.update(environment)
        _run(cells, folder, writing)
        status = 0
    finally:
        os._exit(status)


def _spawn_worker(cells: Sequence[Mapping[str, Any]], folder: Path, environment: Mapping[str, str]) -> Worker:
    root = str(Path(__file__).parents[2])
    path = os.pathsep.join([root, *filter(None, [os.environ.get("PYTHONPATH")])])
    process = subprocess.Popen(
        [sys.executable, "-m", "homepage.renderer.worker"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        start_new_session=True,
        env={**os.environ, **environment, "PYTHONPATH": path},
    )
    if process.stdin is None or process.stdout is None:
        raise AssertionError("the pipes were asked for")
    with contextlib.suppress(BrokenPipeError), process.stdin as pipe:
        pipe.write(json.dumps([list(map(dict, cells)), str(folder)]).encode())
    return Worker(process.pid, os.dup(process.stdout.fileno()), process)


def _run(cells: Sequence[Mapping[str, Any]], folder: Path, pipe: int) -> None:
    # What a cell's own child processes print comes with the cell's outputs neither in a terminal nor here.
    nowhere = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1):
        os.dup2(nowhere, number)
    os.chdir(folder)
    sys.path.insert(0, "")
    limit_memory()
    gc.set_threshold(_MANY_OBJECTS)
    from homepage.renderer.shell import run_cells

    def send(event: dict[str, Any]) -> None:
        data = json.dumps(event, ensure_ascii=False, default=str).encode("utf-8", "surrogatepass")
        view = memoryview(_LENGTH.pack(len(data)) + data)
        while view:
            view = view[os.write(pipe, view) :]

    run_cells(cells, send)


if __name__ == "__main__":
    _pipe = os.dup(1)
    _cells, _folder = json.loads(sys.stdin.buffer.read())
    _run(_cells, Path(_folder), _pipe)
