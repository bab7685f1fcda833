"""Processes: starting workers, and ending leftover processes."""

from __future__ import annotations

import atexit
import contextlib
import ctypes
import os
import signal
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

# macOS's libraries don't survive a fork, and Windows has no fork.
START_METHOD = "spawn" if sys.platform in ("darwin", "win32") else "forkserver"

_PR_SET_CHILD_SUBREAPER = 36
_POLL_SECONDS = 1.0


def count_processors() -> int:
    """How many processes can run at once."""
    return max(1, len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1)


def preload(modules: Sequence[str]) -> None:
    """Start a process that imports modules; processes started by START_METHOD are copies of it."""
    if START_METHOD == "forkserver":
        from multiprocessing import forkserver

        forkserver.set_forkserver_preload(list(modules))
        with _server_variables():
            forkserver.ensure_running()


@contextmanager
def _server_variables() -> Iterator[None]:
    """Set variables for a process that is started in this block.

    It doesn't import modules from the current folder, where a project may have its own `signal.py`. Numeric libraries
    start no threads in it, unless the user set a number: a process with threads can't be forked safely.
    """
    variables = {"PYTHONSAFEPATH": "1", "OPENBLAS_NUM_THREADS": "1"}
    unset = [name for name in variables if name not in os.environ]
    os.environ.update((name, variables[name]) for name in unset)
    try:
        yield
    finally:
        for name in unset:
            del os.environ[name]


def end_group(leader: int, *, gently: bool = False) -> None:
    """End the leader of a process group, and whatever it has started in that group."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        if sys.platform == "win32":
            os.kill(leader, signal.SIGTERM)
        else:
            os.killpg(leader, signal.SIGTERM if gently else signal.SIGKILL)


def end_with(parent: int) -> None:
    """End this process as soon as its parent, the process `parent`, has ended."""
    threading.Thread(target=_watch_parent, args=(parent,), daemon=True).start()


def _watch_parent(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(_POLL_SECONDS)
    os.kill(os.getpid(), signal.SIGTERM)


def end_orphans_at_exit() -> None:
    """When this process exits, end whatever cells and hooks have left running, even in a session of its own (Linux).

    For commands only: it kills every child of this process.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1)  # orphans become children of this process
    # Registered before multiprocessing is imported, so it runs after multiprocessing has ended its own processes.
    atexit.register(_end_children)


def _end_children() -> None:
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, signal.SIG_IGN)  # it is ending already
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
