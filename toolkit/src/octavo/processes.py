"""Processes: forked where that is safe, and none outlives the one that started it, even if that one was killed."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

_PR_SET_PDEATHSIG = 1
_PR_SET_CHILD_SUBREAPER = 36
_LOOK_SECONDS = 1.0
_BLAS_THREADS = "OPENBLAS_NUM_THREADS"


def can_fork() -> bool:
    """Whether a process with threads of numpy's and of the system's libraries may be forked safely."""
    return hasattr(os, "fork") and sys.platform != "darwin"


def count_processors() -> int:
    """How many processes can run at once."""
    return max(1, len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1)


@contextmanager
def one_thread() -> Iterator[None]:
    """Libraries of numbers that are loaded in this context, numpy above all, start no threads of their own.

    The processes that are forked later share the processors already, and a thread that waits for work, as OpenBLAS's
    do at first, takes one from them. Who has set the number has it so.
    """
    if _BLAS_THREADS in os.environ:
        yield
        return
    os.environ[_BLAS_THREADS] = "1"
    try:
        yield
    finally:
        del os.environ[_BLAS_THREADS]


def run_side_by_side(parts: Sequence[Callable[[], None]]) -> None:
    """Call each of the parts, the last in this process, the others in processes forked from it where that is safe.

    They are for what they write; what they leave in memory is lost. A part whose process didn't end well is called
    again here, so that its error is raised here.
    """
    running = {start_process(part): part for part in parts[:-1]} if can_fork() else {}
    try:
        for part in parts[-1:] if running else parts:
            part()
    finally:
        failed = [part for pid, part in running.items() if wait_for(pid)]
    for part in failed:
        part()


def fork() -> int:
    """Fork as `os.fork` does; the new process ends with this one.

    No signal that asks to end arrives meanwhile; it comes after it. What its handler raises in the functions that
    Python runs at a fork is printed and otherwise ignored, so that the process would go on.
    """
    parent = os.getpid()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM, signal.SIGINT})
    try:
        pid = os.fork()
        if not pid:
            _end_with(parent)
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
    return pid


def start_process(part: Callable[[], int | None]) -> int:
    """A process that calls the part and ends with the status that it returns, or with 1 after an error: its id."""
    sys.stdout.flush()
    sys.stderr.flush()
    pid = fork()
    if pid:
        return pid
    status = 1
    try:
        status = part() or 0
        sys.stdout.flush()
        sys.stderr.flush()
    finally:
        os._exit(status & 0xFF)


def wait_for(pid: int) -> int:
    """The status with which the process ends, negative for a signal."""
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


@contextmanager
def orphans_ended() -> Iterator[None]:
    """Whatever was started by cells and hooks in this context, in a session of its own too, ends with it (Linux).

    For commands only: every child that this process then has is killed.
    """
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1)  # who loses its parent becomes a child of this process
    try:
        yield
    finally:
        while children := _list_children():
            for pid in children:
                with contextlib.suppress(ProcessLookupError, PermissionError):
                    os.kill(pid, signal.SIGKILL)
            for pid in children:
                with contextlib.suppress(ChildProcessError):
                    os.waitpid(pid, 0)


def _list_children() -> list[int]:
    from pathlib import Path

    try:
        return [int(pid) for file in Path("/proc/self/task").glob("*/children") for pid in file.read_text().split()]
    except OSError:  # a thread has just ended
        return []


def _end_with(parent: int) -> None:
    """Let this process be killed as soon as its parent, the process `parent`, is gone."""
    if sys.platform == "linux":
        import ctypes  # in the new process, of which there are some that the old one starts in haste

        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:  # it went before it could be asked for
            os._exit(1)
    else:
        import threading

        threading.Thread(target=_watch_parent, args=(parent,), daemon=True).start()


def _watch_parent(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(_LOOK_SECONDS)
    os._exit(1)
