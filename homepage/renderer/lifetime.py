"""The lifetime of processes: none outlives the one that started it, even if that one was killed."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_PR_SET_PDEATHSIG = 1
_PR_SET_CHILD_SUBREAPER = 36
_LOOK_SECONDS = 1.0


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


@contextmanager
def orphans_ended() -> Iterator[None]:
    """Whatever was started by cells and hooks in this context, in a session of its own too, ends with it (Linux).

    For commands only: every child that this process then has is killed.
    """
    if sys.platform == "linux":
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
    try:
        return [int(pid) for file in Path("/proc/self/task").glob("*/children") for pid in file.read_text().split()]
    except OSError:  # a thread has just ended
        return []


def _end_with(parent: int) -> None:
    """Let this process be killed as soon as its parent, the process `parent`, is gone."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:  # it went before it could be asked for
            os._exit(1)
    else:
        threading.Thread(target=_watch_parent, args=(parent,), daemon=True).start()


def _watch_parent(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(_LOOK_SECONDS)
    os._exit(1)
