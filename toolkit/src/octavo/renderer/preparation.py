"""Preparation: what a project lets be done once for many, or early, each beside something else; for speed only."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path


class Preparation(NamedTuple):
    """Functions of a project, each of which may be left out.

    `both` imports what the pages and the hooks need, `pages` and `scripts` what only those and only these need.
    `load` reads what they all share, once the first hook is done. `ahead` makes what the last hook will then find made,
    for the project at a root that has such pages; what it can't make is left to that hook, which tells.
    """

    both: Callable[[], object] = lambda: None
    pages: Callable[[], object] = lambda: None
    load: Callable[[], object] = lambda: None
    scripts: Callable[[], object] = lambda: None
    ahead: Callable[[Path, Sequence[str]], object] = lambda root, pages: None


NOTHING_PREPARED = Preparation()
