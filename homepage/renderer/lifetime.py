"""The lifetime of a process that another one forked: it ends with that one, even if that one was killed."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import threading
import time

_PR_SET_PDEATHSIG = 1
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
