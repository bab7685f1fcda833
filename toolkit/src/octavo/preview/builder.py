"""The builder: runs the build command each time something has changed, one build at a time."""

from __future__ import annotations

import contextlib
import os
import subprocess
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import IO, NamedTuple

# How often to look at a running build.
POLL_SECONDS = 0.02
# How long a build may take to end when asked before it is killed.
END_SECONDS = 3.0
# How many times 64 kB to read from a pipe before looking at the build again.
MOST_CHUNKS = 16


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
        with _Build(self._command, self._root, self._say) as build:
            while build.is_running():
                if self._wait_for_news(request, POLL_SECONDS):
                    return None
            failure = build.describe_failure()
        return Result(_identify(self._output) != before, failure, time.monotonic() - begun)


class _Build:
    """A build that is running; it is ended with the block."""

    def __init__(self, command: Sequence[str], root: Path, say: Callable[[str], None]) -> None:
        self._say = say
        self._line = self._errors = b""
        self._process = subprocess.Popen(
            command,
            cwd=root,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,  # Ctrl-C is for the preview, which then ends its build
        )

    def __enter__(self) -> _Build:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        try:
            self._process.wait(END_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        for pipe in (self._process.stdout, self._process.stderr):
            if pipe:
                pipe.close()

    def is_running(self) -> bool:
        """Whether it is; passes on the lines that it has printed so far."""
        running = self._process.poll() is None
        *lines, self._line = (self._line + _read_available(self._process.stdout)).split(b"\n")
        self._errors += _read_available(self._process.stderr)
        if not running and self._line:
            lines.append(self._line)
        for line in lines:
            self._say(line.decode("utf-8", "replace"))
        return running

    def describe_failure(self) -> str:
        """The error of a build that has ended; empty if it succeeded."""
        status = self._process.returncode
        if not status:
            return ""
        text = self._errors.decode("utf-8", "replace").strip("\n")
        if text.startswith("Traceback"):  # the command itself can't be run as it was edited
            return f"{text.splitlines()[-1]}\n\n{text}"
        how = f"was ended by signal {-status}" if status < 0 else f"ended with status {status}"
        return text or f"the build {how} before it was done"


def _read_available(pipe: IO[bytes] | None) -> bytes:
    """What has arrived in the pipe; a process that a build left running may keep it open without an end."""
    if pipe is None:
        return b""
    os.set_blocking(pipe.fileno(), False)
    chunks = []
    with contextlib.suppress(BlockingIOError):
        for _ in range(MOST_CHUNKS):  # whatever prints without end must not keep the builder here
            chunks.append(os.read(pipe.fileno(), 1 << 16))
    return b"".join(chunks)


def _identify(folder: Path) -> int | None:
    """Which folder has this name now: a build puts a new one there."""
    try:
        return folder.stat().st_ino
    except OSError:
        return None
