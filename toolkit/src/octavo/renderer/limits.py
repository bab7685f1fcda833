"""Limits: how much memory and how many open files a build and the cells of its pages can have."""

from __future__ import annotations

import contextlib
import sys

from octavo.errors import OctavoError

if sys.platform != "win32":
    import resource

# Beyond it, Python raises MemoryError in the cell.
MEMORY_LIMIT = 4 * 1024**3
# Reporting the error takes memory, too.
SPARE = 64 * 1024**2
# With less, Typst and NumPy's OpenBLAS abort the process without a message.
_LEAST_MEMORY = 600
_LEAST_FILES = 64
# The build itself, and the pipes and sockets of each page that runs; measured on Linux, with some to spare.
_OF_BUILD = 34
_OF_PAGE = 10


def check_limits() -> None:
    """Refuse to build under limits that would kill it, or one of its processes, halfway.

    Raises:
        OctavoError: if this process may use too little memory, or open too few files.
    """
    memory, files = _get_limit("RLIMIT_AS"), _get_limit("RLIMIT_NOFILE")
    if memory is not None and memory < _LEAST_MEMORY * 1024**2:
        raise OctavoError(
            f"a build needs more than the {memory // 1024**2:,} MB of memory that the system allows; raise the limit "
            f"(ulimit -v) to at least {_LEAST_MEMORY} MB"
        )
    if files is not None and files < _LEAST_FILES:
        raise OctavoError(
            f"a build needs more than the {files} open files that the system allows; raise the limit (ulimit -n) to at "
            f"least {_LEAST_FILES}"
        )


def limit_memory(pid: int = 0, spare: int = 0) -> None:
    """Limit the memory of this process, or on Linux of process `pid`, and of each process that it starts.

    `spare` is how many bytes more than usual it gets.
    """
    if sys.platform == "win32":
        return
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    limit = (MEMORY_LIMIT if hard == resource.RLIM_INFINITY else min(MEMORY_LIMIT, hard - SPARE)) + spare
    with contextlib.suppress(ValueError, OSError):
        if not pid:
            resource.setrlimit(resource.RLIMIT_DATA, (limit, hard))
        elif sys.platform == "linux":
            resource.prlimit(pid, resource.RLIMIT_DATA, (limit, hard))


def limit_pages(wanted: int) -> int:
    """How many of this many pages can run at once; at least one.

    If the build runs out of files halfway through a request to the fork server, that server dies with a traceback.
    """
    limit = _get_limit("RLIMIT_NOFILE")
    return wanted if limit is None else max(1, min(wanted, (limit - _OF_BUILD) // _OF_PAGE))


def _get_limit(name: str) -> int | None:
    """The soft limit of this name; None if unlimited."""
    if sys.platform == "win32":
        return None
    limit, _ = resource.getrlimit(getattr(resource, name))
    return None if limit == resource.RLIM_INFINITY else limit
