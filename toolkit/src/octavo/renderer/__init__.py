"""The embedded renderer: builds a Quarto website with Python packages alone.

IPython runs the cells, nbformat reads notebooks, Pandoc converts; this package connects them as Quarto does. It knows
nothing of publications.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from octavo.errors import name_disk_faults
from octavo.renderer.fingerprint import is_up_to_date
from octavo.renderer.options import CELL_SECONDS, DEFAULTS, NAME, Options

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["CELL_SECONDS", "Options", "render_anew", "render_site"]


def render_site(root: Path, output: Path | None = None, options: Options = DEFAULTS) -> bool:
    """Render a website project as `render_anew` does, or return False if its site is up to date."""
    if is_up_to_date(str(root), None if output is None else str(output), NAME):
        return False
    render_anew(root, output, options)
    return True


@name_disk_faults()
def render_anew(root: Path, output: Path | None = None, options: Options = DEFAULTS) -> None:
    """Render the website project at `root` into `output`, or else into its `output-dir`.

    Raises:
        PageError: for a mistake in a page or in `_quarto.yml`, or what only Quarto supports.
        OctavoError: if a hook fails, or another build of the site is running.
        The old site then remains.
    """
    begun = time.time()
    # Only here: recognizing a site that is up to date must take less than 0.1 s, and importing these takes longer.
    from octavo.processes import preload

    preload(["octavo.renderer.prepared_shell", *options.preload])
    from octavo.renderer.configuration import load_site
    from octavo.renderer.stages import build_site
    from octavo.renderer.swap import renew

    site = load_site(root.resolve(), output)
    renew(
        site.root,
        site.output,
        NAME,
        lambda folder: build_site(site, folder, options),
        output,
        patience=options.patience,
        begun=begun,
    )
