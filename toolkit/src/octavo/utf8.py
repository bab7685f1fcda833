"""UTF-8: what file names and texts are in here, whatever the locale says."""

from __future__ import annotations

import locale
import os
import sys


def insist_on_utf8() -> None:
    """Let this command and what it starts take file names for UTF-8; where it doesn't yet, it starts anew."""
    if locale.getencoding().lower() != "utf-8":
        os.environ["LC_ALL"] = "C.UTF-8"
    if sys.getfilesystemencoding() != "utf-8":
        command = [sys.executable, "-X", "utf8", *sys.orig_argv[1:]]
        os.execve(sys.executable, command, {**os.environ, "PYTHONUTF8": "1"})  # noqa: S606
