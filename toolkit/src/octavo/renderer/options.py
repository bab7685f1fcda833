"""Options: how a site is built."""

from __future__ import annotations

from collections.abc import Callable, Sequence
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
        shows_drafts: whether pages with `draft: true` are rendered.
        preload: the modules that the pages' cells need, imported once for all pages and while the first hook runs.
    """

    progress: Callable[[str], object] = lambda line: None
    timeout: float = CELL_SECONDS
    patience: float = 0.0
    shows_drafts: bool = False
    preload: Sequence[str] = ()


DEFAULTS = Options()
