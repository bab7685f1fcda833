"""UTF-8: the encoding of file names and text here, whatever the locale."""

from __future__ import annotations

import locale
import os
import sys


def insist_on_utf8() -> None:
    """Make this command and its child processes use UTF-8 for file names; restart the command if necessary."""
    if locale.getencoding().lower() != "utf-8":
        os.environ["LC_ALL"] = "C.UTF-8"
    if sys.getfilesystemencoding() != "utf-8":
        command = [sys.executable, "-X", "utf8", *sys.orig_argv[1:]]
        os.execve(sys.executable, command, {**os.environ, "PYTHONUTF8": "1"})  # noqa: S606
