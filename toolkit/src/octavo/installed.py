"""Installed packages and fonts, described so that changes can be detected."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator

# Where Linux, macOS, and Windows keep them.
_FONTS = (
    *("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts"),
    *("/Library/Fonts", "/System/Library/Fonts", "~/Library/Fonts"),
    *(r"C:\Windows\Fonts", r"~\AppData\Local\Microsoft\Windows\Fonts"),
)


def list_installed() -> Iterator[str]:
    """The names and versions of all packages: the names of their metadata folders (`pandas-3.0.0.dist-info`).

    This follows the packaging guide's specification of recorded installations. `importlib.metadata` would read each of
    the files in them, and takes twenty times as long.
    """
    for folder in sys.path:
        if folder.endswith(("site-packages", "dist-packages")) and os.path.isdir(folder):
            yield from sorted(name for name in os.listdir(folder) if name.endswith((".dist-info", ".egg-info")))


def list_font_folders() -> Iterator[str]:
    """The folders of the machine's fonts, with the times at which a font was last added or removed."""
    for base in map(os.path.expanduser, _FONTS):
        for folder in sorted(folder for folder, _, _ in os.walk(base)):
            yield f"{folder} {os.stat(folder).st_mtime_ns}"
