"""Memory: limits how much the cells of one page can use."""

from __future__ import annotations

import contextlib
import sys

if sys.platform != "win32":
    import resource

# Beyond it, Python raises MemoryError in the cell.
MEMORY_LIMIT = 4 * 1024**3
# Reporting the error takes memory, too.
_SPARE = 64 * 1024**2


def limit_memory(pid: int = 0) -> None:
    """Limit the memory of this process, or on Linux of process `pid`, and of each process that it starts."""
    _set_limit(pid, 0)


def spare_memory() -> None:
    """Give this process a little more memory to report a MemoryError."""
    _set_limit(0, _SPARE)


def _set_limit(pid: int, spare: int) -> None:
    if sys.platform == "win32":
        return
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    limit = (MEMORY_LIMIT if hard == resource.RLIM_INFINITY else min(MEMORY_LIMIT, hard - _SPARE)) + spare
    with contextlib.suppress(ValueError, OSError):
        if not pid:
            resource.setrlimit(resource.RLIMIT_DATA, (limit, hard))
        elif sys.platform == "linux":
            resource.prlimit(pid, resource.RLIMIT_DATA, (limit, hard))
