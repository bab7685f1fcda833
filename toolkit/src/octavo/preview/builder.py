"""The builder: the preview's side of the process that builds."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import IO, Any

from octavo.renderer import CELL_SECONDS

Event = dict[str, Any]

PACKAGE_ROOT = Path(__file__).parents[2]
# How long the keeper may take to end the build and itself before it is killed.
END_SECONDS = 10.0


class Builder:
    """Builds `root` into `output` each time that it is asked; `tell` gets the events of the build asked for last.

    The events are those of `octavo.preview.keeper`. `modules` are what pages need, to be imported beforehand.
    A cell may take `timeout` seconds.
    """

    def __init__(
        self,
        root: Path,
        output: Path,
        modules: Sequence[str],
        tell: Callable[[Event], None],
        timeout: float = CELL_SECONDS,
    ) -> None:
        self._arguments = [str(root), str(output), str(timeout), *modules]
        self._tell = tell
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._reader: threading.Thread | None = None
        self._wanted = 0
        self._closed = False

    def request_build(self) -> None:
        """Build anew; a build that is still going is ended first."""
        with self._lock:
            self._wanted += 1
            process = self._process
            if process is None or process.poll() is not None:
                process = self._start()
            with contextlib.suppress(BrokenPipeError, ValueError):  # it is just ending, which its reader reports
                _stdin(process).write(f"build {self._wanted}\n".encode())
                _stdin(process).flush()

    def _start(self) -> subprocess.Popen[bytes]:
        # A session of its own: Ctrl-C is for the preview, which then ends its processes in order.
        process = subprocess.Popen(
            [sys.executable, "-m", "octavo.preview.keeper", *self._arguments],
            cwd=PACKAGE_ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,
        )
        self._process = process
        self._reader = threading.Thread(target=self._read, args=(process,), name="builder", daemon=True)
        self._reader.start()
        return process

    def _read(self, process: subprocess.Popen[bytes]) -> None:
        build = 0
        for line in _stdout(process):
            event = json.loads(line)
            build = event.get("build", build)
            if build == self._wanted:
                self._tell(event)
        status = process.wait()
        _stdout(process).close()
        with contextlib.suppress(BrokenPipeError):
            _stdin(process).close()
        if not self._closed:
            self._tell(
                {
                    "event": "failed",
                    "text": f"the process that builds ended with status {status}; the next change starts it again",
                }
            )

    def close(self) -> None:
        """End the keeper, and with it a build that is still going."""
        self._closed = True
        process = self._process
        if process is None:
            return
        with contextlib.suppress(BrokenPipeError):
            _stdin(process).close()
        try:
            process.wait(END_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        if self._reader is not None:
            self._reader.join()


def _stdin(process: subprocess.Popen[bytes]) -> IO[bytes]:
    if process.stdin is None:
        raise AssertionError("the pipe was asked for")
    return process.stdin


def _stdout(process: subprocess.Popen[bytes]) -> IO[bytes]:
    if process.stdout is None:
        raise AssertionError("the pipe was asked for")
    return process.stdout
