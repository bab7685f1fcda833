"""Open files: limits how many pages run at once to what the system lets a build open."""

from __future__ import annotations

import sys

from octavo.errors import OctavoError

if sys.platform != "win32":
    import resource

_LEAST = 64
# The build itself, and the pipes and sockets of each page that runs; measured on Linux, with some to spare.
_OF_BUILD = 34
_OF_PAGE = 10


def check_open_files() -> None:
    """Refuse to build under a limit that would be reached somewhere in the middle.

    Raises:
        OctavoError: if this process may open too few files.
    """
    limit = _get_limit()
    if limit is not None and limit < _LEAST:
        raise OctavoError(
            f"a build needs more than the {limit} open files that the system allows; raise the limit (ulimit -n) to at "
            f"least {_LEAST}"
        )


def limit_pages(wanted: int) -> int:
    """How many of this many pages can run at once; at least one.

    Where the build runs out of files halfway through a request to the fork server, that server dies with a traceback.
    """
    limit = _get_limit()
    return wanted if limit is None else max(1, min(wanted, (limit - _OF_BUILD) // _OF_PAGE))


def _get_limit() -> int | None:
    if sys.platform == "win32":
        return None
    limit, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return None if limit == resource.RLIM_INFINITY else limit
