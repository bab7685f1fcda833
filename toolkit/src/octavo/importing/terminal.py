"""The terminal: progress, color, and a question."""

from __future__ import annotations

import os
import shutil
import sys

from octavo.console import say, visible
from octavo.errors import OctavoError


class Terminal:
    """Standard error and output, for a person to look at."""

    def __init__(self, *, quiet: bool = False) -> None:
        self._shows_progress = sys.stderr.isatty() and not quiet
        # https://no-color.org
        self.has_color = sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"

    def say(self, text: str) -> None:
        """Show progress in place of what was shown before."""
        if self._shows_progress:
            width = shutil.get_terminal_size().columns - 1
            sys.stderr.write(f"\r\x1b[K{visible(text)[:width]}")
            sys.stderr.flush()

    def clear(self) -> None:
        """Clear the progress."""
        if self._shows_progress:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()


def agree(question: str, *, stdin_is_taken: bool = False) -> bool:
    """Whether the person at the terminal agrees.

    Raises:
        OctavoError: if nobody can answer.
    """
    return ask(f"{question} [y/N]", stdin_is_taken=stdin_is_taken) in ("y", "yes")


def ask(question: str, *, stdin_is_taken: bool = False) -> str:
    """The person's reply, in lower case; if standard input held a bibliography, the terminal is opened.

    Raises:
        OctavoError: if nobody can answer.
    """
    say(f"{question} ", end="")
    try:
        if stdin_is_taken:
            with open("/dev/tty", encoding="utf-8") as terminal:  # noqa: PTH123 - no file of ours
                answer = terminal.readline()
        else:
            answer = sys.stdin.readline()
    except OSError:
        answer = ""
    if not answer:
        raise OctavoError("\nno terminal to answer from; nothing was written (--yes writes without asking)")
    return answer.strip().lower()
