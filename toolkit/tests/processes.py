"""The processes of a test: started with a mark in their environment, by which those left over are found."""

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
# Seconds to wait for what takes a few: on a busy machine, everything takes many times as long. What tests start only to
# see it ended sleeps for longer.
PATIENCE = 300.0


def wait_until(holds: Callable[[], object], describe: Callable[[], str] = str, seconds: float = PATIENCE) -> None:
    """Wait until something holds, or fail with a description of how things stand."""
    until = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < until, describe()
        time.sleep(0.02)


class Program:
    """A program in a folder, its output collected in a file, whatever becomes of it; a script of ours, or another."""

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
        """What it has printed."""
        return self._log.read_text(encoding="utf-8", errors="replace")

    def wait_for(self, text: str) -> str:
        """Wait until it has printed `text`; all that it has printed."""
        self.wait_until(lambda: text in self.output, f"it never printed {text!r}")
        return self.output

    def wait_for_file(self, file: Path) -> None:
        """Wait until there is the file."""
        self.wait_until(file.exists, f"it never made {file}")

    def wait_until(self, holds: Callable[[], object], failure: str) -> None:
        """Wait until something holds, while it runs."""

        def is_done() -> object:
            # In this order: it may end as soon as it has done what is waited for.
            has_ended = self.process.poll() is not None
            done = holds()
            assert done or not has_ended, f"it ended with {self.process.returncode}:\n{self.output}"
            return done

        wait_until(is_done, lambda: f"{failure}:\n{self.output}")

    def wait(self) -> int:
        """Its exit status."""
        try:
            return self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            raise AssertionError(f"it never ended:\n{self.output}") from None

    def end(self, number: signal.Signals = signal.SIGINT, *, group: bool = False) -> int:
        """Send a signal, to its whole group as a terminal does or to it alone, and wait; the exit status."""
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
    """Let a program that is started here heed SIGINT, which the tests ignore if they run in a shell's background."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def find_processes(mark: str) -> list[int]:
    """The processes that were started, by whomever, with this mark (Linux; elsewhere none is ever found)."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if mark.encode() in (folder / "environ").read_bytes() and not _is_zombie(folder):
                found.append(int(folder.name))
    return found


def _is_zombie(folder: Path) -> bool:
    return (folder / "stat").read_text().rpartition(") ")[2].startswith("Z")


def assert_none_left(mark: str) -> None:
    """Fail if a process with this mark stays."""
    left: list[int] = []

    def is_none_left() -> bool:
        left[:] = find_processes(mark)
        return not left

    wait_until(is_none_left, lambda: f"left over: {[_read_command(pid) for pid in left]}")


def _read_command(pid: int) -> str:
    """What a process was started with; one that has ended since it was found has nothing to show."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    except OSError:
        return f"{pid}, ended meanwhile"
