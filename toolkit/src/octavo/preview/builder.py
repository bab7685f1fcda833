"""The builder: a running build of the preview's site, and how it ended."""

from __future__ import annotations

import os
import subprocess
from collections import deque
from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Thread
from time import monotonic
from typing import IO, NamedTuple

from octavo.preview.served_pages import identify
from octavo.processes import end_group

# How long a build may take to end when asked before it is killed.
END_SECONDS = 3.0
# How long to wait for the last output of a build that has ended; a process that it left running may never finish.
READ_SECONDS = 0.5
# How many lines of an error are kept.
LINES = 2_000


class Result(NamedTuple):
    """How a build ended: whether there is a new site, the error (empty if none), and the seconds that it took."""

    renewed: bool
    failure: str
    seconds: float


class Build:
    """A build of the site at `output`, run by a command of its own until it ends or is ended.

    Args:
        root: the project.
        output: the folder of the site.
        command: builds the site, prints to standard output, and at a failure the error to standard error; it gets the
            folder, and the id of this process, with which it must end.
        say: gets the build's output, line by line.

    `is_reported` is whether it has ended, and its result was taken.
    """

    def __init__(self, root: Path, output: Path, command: Sequence[str], say: Callable[[str], None]) -> None:
        self._output = output
        self._before, self._begun = identify(output), monotonic()
        self._errors: deque[str] = deque(maxlen=LINES)
        self._readers: list[Thread] = []
        self._process: subprocess.Popen[str] | None = None
        self.is_reported = False
        try:
            self._process = subprocess.Popen(
                [*command, "--output", str(output), "--for-preview", str(os.getpid())],
                cwd=root,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                encoding="utf-8",
                errors="replace",
                start_new_session=True,  # Ctrl-C is for the preview, which then ends its build
            )
        except OSError as error:
            self._errors.append(f"the build can't be started: {error}")
            return
        self._read(self._process.stdout, say)
        self._read(self._process.stderr, self._errors.append)

    def take_result(self) -> Result | None:
        """How it ended, once; None while it runs, and after that."""
        if self.is_reported or (self._process and self._process.poll() is None):
            return None
        self.is_reported = True
        for reader in self._readers:
            reader.join(READ_SECONDS)
        return Result(identify(self._output) != self._before, self._describe_failure(), monotonic() - self._begun)

    def end(self) -> None:
        """End it if it still runs."""
        if not self._process:
            return
        end_group(self._process.pid, gently=True)
        try:
            self._process.wait(END_SECONDS)
        except subprocess.TimeoutExpired:
            end_group(self._process.pid)
            self._process.wait()

    def _read(self, pipe: IO[str] | None, take: Callable[[str], object]) -> None:
        reader = Thread(target=_pass_on, args=(pipe, take), daemon=True)
        reader.start()
        self._readers.append(reader)

    def _describe_failure(self) -> str:
        text, status = "\n".join(self._errors).strip("\n"), self._process.returncode if self._process else 1
        if not status:
            return ""
        if text.startswith("Traceback"):  # the command itself can't be run as it was edited
            return f"{text.splitlines()[-1]}\n\n{text}"
        how = f"was ended by signal {-status}" if status < 0 else f"ended with status {status}"
        return text or f"the build {how} before it was done"


def _pass_on(pipe: IO[str], take: Callable[[str], object]) -> None:
    with pipe:
        for line in pipe:
            take(line.rstrip("\n"))
