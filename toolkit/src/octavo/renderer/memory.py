"""Memory: what one page's cells may take."""

from __future__ import annotations

import contextlib
import sys

# Beyond it, Python raises MemoryError in the cell.
MEMORY_LIMIT = 4 * 1024**3
# To tell of it takes some, too.
_SPARE = 64 * 1024**2


def limit_memory(pid: int = 0) -> None:
    """Let this process, or on Linux the process `pid` and all that it starts, take so much memory each."""
    _set_limit(pid, 0)


def spare_memory() -> None:
    """Let this process take a little more, to tell of the error that it ran into."""
    _set_limit(0, _SPARE)


def _set_limit(pid: int, spare: int) -> None:
    try:
        import resource
    except ImportError:
        return
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    limit = (MEMORY_LIMIT if hard == resource.RLIM_INFINITY else min(MEMORY_LIMIT, hard - _SPARE)) + spare
    with contextlib.suppress(ValueError, OSError):
        if not pid:
            resource.setrlimit(resource.RLIMIT_DATA, (limit, hard))
        elif sys.platform == "linux":
            resource.prlimit(pid, resource.RLIMIT_DATA, (limit, hard))
