"""Options: how a site is built."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

NAME = "the embedded renderer"
# The seconds that a cell may take by default.
CELL_SECONDS = 60.0


class Options(NamedTuple):
    """How to build.

    Attributes:
        progress: gets a line for each page.
        timeout: the seconds that one cell may take.
        patience: the seconds to wait for another build of the same site.
        preload_hooks: imports what the hooks need.
        preload_pages: imports what the pages need, while the first hook runs.
        load: reads what the pages share, after the first hook.

    The last three only save time, and are called only where processes can fork.
    """

    progress: Callable[[str], object] = lambda line: None
    timeout: float = CELL_SECONDS
    patience: float = 0.0
    preload_hooks: Callable[[], object] = lambda: None
    preload_pages: Callable[[], object] = lambda: None
    load: Callable[[], object] = lambda: None


DEFAULTS = Options()
