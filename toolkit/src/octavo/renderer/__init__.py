"""The embedded renderer: a Quarto website from Python packages alone.

IPython runs the cells, nbformat reads notebooks, Pandoc converts; what is here puts the three together as
Quarto does. It knows nothing of publications.
"""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, Any

from octavo.renderer.helpers import Helpers
from octavo.renderer.preparation import NOTHING_PREPARED, Preparation
from octavo.renderer.upkeep import is_up_to_date, renew

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

NAME = "the embedded renderer"
# What a cell may take, unless something else is said.
CELL_SECONDS = 60.0


def render_site(
    root: Path, output: Path | None = None, preparation: Preparation = NOTHING_PREPARED, **how: Any
) -> bool:
    """Render the website project as `render_anew` does, or return False if its site is up to date."""
    with closing(Helpers(preparation)) as helpers:
        if is_up_to_date(str(root), None if output is None else str(output), NAME):
            return False
        render_anew(root, output, helpers, **how)
    return True


def render_anew(
    root: Path,
    output: Path | None,
    helpers: Helpers,
    *,
    progress: Callable[[str], None] = lambda _: None,
    timeout: float = CELL_SECONDS,
    patience: float = 0.0,
) -> None:
    """Render the website project at `root` into `output` or its `output-dir`, by helpers that end with it.

    `progress` gets a line for each page. A cell that takes longer than `timeout` seconds is ended. It waits `patience`
    seconds for another build to end.

    Raises:
        PageError: for what is wrong in a page or in `_quarto.yml`, or lies outside the subset.
        OctavoError: where a hook fails, or another build of the site is running.
        The old site then stands as it was.
    """
    with closing(helpers):
        # Nothing of this is needed to see that a site is up to date.
        from octavo.renderer.build import build_site
        from octavo.renderer.configuration import load_site

        site = load_site(root.resolve(), output)

        def build(folder: Path) -> None:
            build_site(site, folder, helpers, progress, timeout)
            helpers.end()  # beside what is left to do

        renew(site.root, site.output, NAME, build, output, patience, helpers.begun)
