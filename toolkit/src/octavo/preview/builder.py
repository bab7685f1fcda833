"""The builder: runs the build command each time something has changed, one build at a time."""

from __future__ import annotations

import os
import subprocess
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, NamedTuple

# How often to look at a running build.
POLL_SECONDS = 0.02
# How long a build may take to end when asked before it is killed.
END_SECONDS = 3.0


class Result(NamedTuple):
    """How a build ended: whether there is a new site, the error (empty if none), and the seconds that it took."""

    renewed: bool
    failure: str
    seconds: float


class Builder:
    """Builds a project's site in a thread of its own whenever that is requested.

    Args:
        root: the project.
        output: the folder of the site.
        command: builds the site at `output`, prints to standard output, and at a failure the error to standard error;
            it is told this process's id, with which it is to end.
        say: gets what a build prints, line by line.
        report: gets the result of each build that ran to its end.
    """

    def __init__(
        self,
        root: Path,
        output: Path,
        command: Sequence[str],
        say: Callable[[str], None],
        report: Callable[[Result], None],
    ) -> None:
        self._root = root
        self._output = output
        self._command = [*command, "--output", str(output), "--for-preview", str(os.getpid())]
        self._say = say
        self._report = report
        self._changed = threading.Condition()
        self._requests = 0
        self._closed = False
        # Builds end with the thread that started them, so there is one for all.
        self._thread = threading.Thread(target=self._run, name="builder", daemon=True)
        self._thread.start()

    def request_build(self) -> None:
        """Build again; a build that is still running is ended first."""
        with self._changed:
            self._requests += 1
            self._changed.notify_all()

    def close(self) -> None:
        """End a build that is still running, and build no more."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
        self._thread.join()

    def _run(self) -> None:
        request = 0
        while self._wait_for_news(request):
            if self._closed:
                return
            request = self._requests
            try:
                result = self._build(request)
            except OSError as error:
                result = Result(False, f"the build can't be started: {error}", 0.0)
            if result:
                self._report(result)

    def _wait_for_news(self, request: int, seconds: float | None = None) -> bool:
        """Wait until a build newer than `request` is requested, or none is wanted; False if that takes longer."""
        with self._changed:
            return self._changed.wait_for(lambda: self._closed or self._requests != request, seconds)

    def _build(self, request: int) -> Result | None:
        """The result of a build; None if it was ended because another one was requested."""
        before, begun = _identify(self._output), time.monotonic()
        # Files, unlike pipes, are never full and never kept open by what a build leaves running.
        with TemporaryFile() as printed, TemporaryFile() as errors:
            process = subprocess.Popen(
                self._command,
                cwd=self._root,
                stdin=subprocess.DEVNULL,
                stdout=printed,
                stderr=errors,
                start_new_session=True,  # Ctrl-C is for the preview, which then ends its build
            )
            lines = _Lines(printed, self._say)
            while process.poll() is None:
                lines.read()
                if self._wait_for_news(request, POLL_SECONDS):
                    _end(process)
                    return None
            lines.read(last=True)
            errors.seek(0)
            failure = errors.read().decode("utf-8", "replace").strip("\n")
        if process.returncode and not failure:
            failure = f"the build {_describe_status(process.returncode)} before it was done"
        return Result(
            _identify(self._output) != before, failure if process.returncode else "", time.monotonic() - begun
        )


class _Lines:
    """Passes on what is written to a file, line by line, as it grows."""

    def __init__(self, file: IO[bytes], say: Callable[[str], None]) -> None:
        self._descriptor = file.fileno()
        self._say = say
        self._place = 0
        self._rest = b""

    def read(self, last: bool = False) -> None:
        """Pass on the lines that have been completed, or everything."""
        while chunk := os.pread(self._descriptor, 1 << 16, self._place):
            self._place += len(chunk)
            *lines, self._rest = (self._rest + chunk).split(b"\n")
            for line in lines:
                self._say(line.decode("utf-8", "replace"))
        if last and self._rest:
            self._say(self._rest.decode("utf-8", "replace"))


def _identify(folder: Path) -> int | None:
    """Which folder has this name now: a build puts a new one there."""
    try:
        return folder.stat().st_ino
    except OSError:
        return None


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(END_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _describe_status(status: int) -> str:
    return f"was ended by signal {-status}" if status < 0 else f"ended with status {status}"
