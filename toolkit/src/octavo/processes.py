"""Processes: none outlives the process that started it, even if that one was killed."""

from __future__ import annotations

import contextlib
import ctypes
import multiprocessing
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

_PR_SET_PDEATHSIG = 1
_PR_SET_CHILD_SUBREAPER = 36
_POLL_SECONDS = 1.0
_BLAS_THREADS = "OPENBLAS_NUM_THREADS"


def can_fork() -> bool:
    """Whether a process that has loaded numpy and the system's libraries can be forked safely."""
    return hasattr(os, "fork") and sys.platform != "darwin"


def count_processors() -> int:
    """How many processes can run at once."""
    return max(1, len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1)


@contextmanager
def one_thread() -> Iterator[None]:
    """Keep numeric libraries that are imported in this block from starting threads, unless the user set a number.

    A process with threads can't be forked safely, and the forked processes share the processors anyway.
    """
    if _BLAS_THREADS in os.environ:
        yield
        return
    os.environ[_BLAS_THREADS] = "1"
    try:
        yield
    finally:
        del os.environ[_BLAS_THREADS]


def start_process(target: Callable[..., object], *arguments: Any) -> BaseProcess:
    """Call a function in a process of its own, a copy of this one where forking is safe; it ends with this one."""
    if not can_fork():
        process: BaseProcess = multiprocessing.get_context("spawn").Process(
            target=_run, args=(os.getpid(), target, arguments)
        )
        process.start()
        return process
    process = multiprocessing.get_context("fork").Process(target=_run, args=(os.getpid(), target, arguments))
    # Python prints and ignores what a signal's handler raises during a fork. Signals wait until it is over.
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM, signal.SIGINT})
    try:
        process.start()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
    return process


def _run(parent: int, target: Callable[..., object], arguments: Sequence[Any]) -> None:
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM, signal.SIGINT})
    end_with(parent, signal.SIGTERM if sys.platform == "win32" else signal.SIGKILL)
    target(*arguments)


def run_side_by_side(parts: Sequence[Callable[[], None]]) -> None:
    """Call each part, the last in this process and the others in forked ones; without forking, all of them here.

    Only what the parts write to disk survives. A part whose process fails is called again here, to raise its error.
    """
    running = [(part, start_process(part)) for part in parts[:-1]] if can_fork() else []
    try:
        for part in parts[-1:] if running else parts:
            part()
    finally:
        for _, process in running:
            process.join()
    for part, process in running:
        if process.exitcode:
            part()


def end_with(parent: int, number: signal.Signals) -> None:
    """Have this process get the signal as soon as its parent, the process `parent`, is gone."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, number)
        if os.getppid() != parent:  # it was gone before the call
            os.kill(os.getpid(), number)
    else:
        threading.Thread(target=_watch_parent, args=(parent, number), daemon=True).start()


def _watch_parent(parent: int, number: signal.Signals) -> None:
    while os.getppid() == parent:
        time.sleep(_POLL_SECONDS)
    os.kill(os.getpid(), number)


@contextmanager
def orphans_ended() -> Iterator[None]:
    """End whatever cells and hooks started in this block and left running, even in a session of its own (Linux).

    For commands only: it kills every child of this process.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1)  # orphans become children of this process
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
    try:
        return [int(pid) for file in Path("/proc/self/task").glob("*/children") for pid in file.read_text().split()]
    except OSError:  # a thread has just ended
        return []
