"""Memory: limits how much the cells of one page can use."""

from __future__ import annotations

import contextlib
import sys

from octavo.errors import OctavoError

if sys.platform != "win32":
    import resource

# Beyond it, Python raises MemoryError in the cell.
MEMORY_LIMIT = 4 * 1024**3
# Reporting the error takes memory, too.
_SPARE = 64 * 1024**2
# With less, Typst and NumPy's OpenBLAS abort the process without a word.
_LEAST = 600 * 1024**2


def check_memory() -> None:
    """Refuse to build under a limit that ends processes.

    Raises:
        OctavoError: if this process may use too little memory.
    """
    if sys.platform == "win32":
        return
    limit, _ = resource.getrlimit(resource.RLIMIT_AS)
    if limit != resource.RLIM_INFINITY and limit < _LEAST:
        raise OctavoError(
            f"a build needs more than the {limit // 1024**2:,} MB of memory that the system allows; raise the limit "
            f"(ulimit -v) to at least {_LEAST // 1024**2} MB"
        )


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
