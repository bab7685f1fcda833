"""Installed packages: what changes when one of them does."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator


def list_installed() -> Iterator[str]:
    """The names and versions of all packages, as their folders of metadata are called (`pandas-3.0.0.dist-info`).

    As the packaging guide's specification of recorded installations has it. `importlib.metadata` would read each of
    the files in them, and takes twenty times as long.
    """
    for folder in sys.path:
        if folder.endswith(("site-packages", "dist-packages")) and os.path.isdir(folder):
            yield from sorted(name for name in os.listdir(folder) if name.endswith((".dist-info", ".egg-info")))
