"""The embedded renderer: a Quarto website from Python packages alone.

IPython runs the cells, nbformat reads notebooks, Pandoc converts; what is here puts the three together as
Quarto does. It knows nothing of publications.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from homepage.renderer.upkeep import is_up_to_date, renew

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from homepage.renderer.hooks import Preparation

NAME = "the embedded renderer"
# What a cell may take, unless something else is said.
CELL_SECONDS = 60.0


def render_site(root: Path, output: Path | None = None, **how: Any) -> bool:
    """Render the website project as `render_anew` does, or return False if its site is up to date."""
    if is_up_to_date(str(root), None if output is None else str(output), NAME):
        return False
    render_anew(root, output, **how)
    return True


def render_anew(
    root: Path,
    output: Path | None = None,
    *,
    preparation: Preparation | None = None,
    progress: Callable[[str], None] = lambda _: None,
    timeout: float = CELL_SECONDS,
    patience: float = 0.0,
) -> None:
    """Render the website project at `root` into `output` or its `output-dir`.

    `preparation` is for speed only. `progress` gets a line for each page. A cell that takes longer than `timeout`
    seconds is ended. It waits `patience` seconds for another build to end.

    Raises:
        PageError: for what is wrong in a page or in `_quarto.yml`, or lies outside the subset.
        HomepageError: where a hook fails, or another build of the site is running.
        The old site then stands as it was.
    """
    # Nothing of this is needed to see that a site is up to date.
    from homepage.renderer.hooks import Hooks, Preparation

    prepared = preparation or Preparation()
    hooks = Hooks(prepared)
    try:
        # Beside what the process of the hooks imports.
        from homepage.renderer.build import build_site
        from homepage.renderer.configuration import load_site

        site = load_site(root.resolve(), output)
        renew(
            site.root,
            site.output,
            NAME,
            lambda folder: build_site(site, folder, hooks, prepared, progress, timeout),
            output,
            patience,
        )
    finally:
        hooks.close()
