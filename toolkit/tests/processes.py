"""The processes of a test, started with a mark in their environment by which leftover ones are found."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

MARK = "TEST_RUN_OF_OCTAVO"
# How long to wait for something that takes seconds: on a busy machine, it takes many times as long. Programs that
# a test starts only to end them sleep for longer.
PATIENCE = 300.0


def wait_until(holds: Callable[[], object], describe: Callable[[], str] = str, seconds: float = PATIENCE) -> None:
    """Wait until a condition holds, or fail with a description of the situation."""
    until = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < until, describe()
        time.sleep(0.02)


class Program:
    """A program that runs in a folder, with its output in a file."""

    def __init__(
        self, arguments: Sequence[str | Path], folder: Path, log: Path, environment: Mapping[str, str] | None = None
    ) -> None:
        self.mark = uuid.uuid4().hex
        self._log = log
        command = [str(argument) for argument in arguments]
        command = [sys.executable, *command] if command[0].endswith(".py") else command
        with log.open("wb") as output, _interruptible():
            self.process = subprocess.Popen(
                command,
                cwd=folder,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                env={**os.environ, **(environment or {}), MARK: self.mark, "PYTHONUNBUFFERED": "1"},
            )

    @property
    def output(self) -> str:
        """Everything it has printed."""
        return self._log.read_text(encoding="utf-8", errors="replace")

    def wait_for(self, text: str) -> str:
        """Wait until it has printed `text`; returns everything it has printed."""
        self.wait_until(lambda: text in self.output, f"it never printed {text!r}")
        return self.output

    def wait_for_file(self, file: Path) -> None:
        """Wait until the file exists."""
        self.wait_until(file.exists, f"it never made {file}")

    def wait_until(self, holds: Callable[[], object], failure: str) -> None:
        """Wait until a condition holds, and fail if the program ends first."""

        def is_done() -> object:
            # In this order, since it may end as soon as the condition holds.
            has_ended = self.process.poll() is not None
            done = holds()
            assert done or not has_ended, f"it ended with {self.process.returncode}:\n{self.output}"
            return done

        wait_until(is_done, lambda: f"{failure}:\n{self.output}")

    def wait(self) -> int:
        """Wait for its end; returns its exit status."""
        try:
            return self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            raise AssertionError(f"it never ended:\n{self.output}") from None

    def end(self, number: signal.Signals = signal.SIGINT, *, group: bool = False) -> int:
        """Send a signal to it, or to its whole group as a terminal does, and wait; returns the exit status."""
        if group:
            os.killpg(self.process.pid, number)
        else:
            self.process.send_signal(number)
        return self.wait()

    def kill_all(self) -> None:
        """Clean up after a test that failed."""
        for pid in find_processes(self.mark):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()


@contextlib.contextmanager
def _interruptible() -> Iterator[None]:
    """Restore SIGINT for programs started here, since the tests ignore it when they run in a shell's background."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def find_processes(mark: str) -> list[int]:
    """The ids of all processes with this mark in their environment (only on Linux; elsewhere none are found)."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if mark.encode() in (folder / "environ").read_bytes() and not _is_zombie(folder):
                found.append(int(folder.name))
    return found


def _is_zombie(folder: Path) -> bool:
    return (folder / "stat").read_text().rpartition(") ")[2].startswith("Z")


def assert_none_left(mark: str) -> None:
    """Fail if a process with this mark remains."""
    left: list[int] = []

    def is_none_left() -> bool:
        left[:] = find_processes(mark)
        return not left

    wait_until(is_none_left, lambda: f"left over: {[_read_command(pid) for pid in left]}")


def _read_command(pid: int) -> str:
    """The command line of a process, or nothing if it has ended since it was found."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    except OSError:
        return f"{pid}, ended meanwhile"
