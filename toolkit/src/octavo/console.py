"""The console: what commands print, with everything escaped that would control the terminal.

Text from a bibliography, a registry, or a table may contain an escape sequence that recolors or erases the screen, or
a bidirectional control that reorders it. `say` prints each such character as its escape
sequence; only `paint` writes active sequences.
"""

from __future__ import annotations

import os
import re
import sys
from typing import TextIO

GREEN, RED, CYAN, BOLD = "\x1b[32m", "\x1b[31m", "\x1b[36m", "\x1b[1m"
_PLAIN = "\x1b[0m"
# C0 except tab and newline, DEL and C1, bidirectional marks, embeddings, overrides and isolates, line and paragraph
# separators, and lone surrogates, which can't be encoded. Zero-width joiners and non-joiners stay: Persian and Indic
# words and emoji need them, and they can only change the shape of adjacent letters. Where look-alikes must be
# distinguished, messages quote values, joiners included.
_ACTING = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


class Painted(str):
    """Text whose escape sequences are our own; anything added to it is escaped first."""

    __slots__ = ()

    def __add__(self, text: str) -> Painted:
        """Concatenate the two, keeping their colors."""
        return Painted(f"{self}{visible(text)}")


def visible(text: str) -> str:
    r"""The text with terminal control characters shown as escapes (`\x1b`, `\u202e`); tabs and newlines stay."""
    return (
        text
        if isinstance(text, Painted)
        else _ACTING.sub(lambda match: match[0].encode("unicode_escape").decode(), text)
    )


def paint(text: str, style: str) -> Painted:
    """The text in a style, such as `RED`."""
    return Painted(f"{style}{visible(text)}{_PLAIN}")


def say(text: object, *, file: TextIO | None = None, end: str = "\n") -> None:
    """Print to standard output, or `file`, at once; everything that a command prints goes through here."""
    shown = visible(text if isinstance(text, str) else str(text))
    stream = file or sys.stdout
    try:
        print(shown, file=stream, end=end, flush=True)
    except OSError as error:
        _give_up(stream, error)


def write_result(text: str) -> None:
    """Write a command's result to standard output: byte for byte in UTF-8, unless it goes to a terminal."""
    if sys.stdout.isatty():
        say(text, end="")
        return
    try:
        sys.stdout.buffer.write(text.encode(errors="backslashreplace"))
        sys.stdout.buffer.flush()
    except OSError as error:
        _give_up(sys.stdout, error)


def open_streams() -> None:
    """Open standard input, output, and error if they are closed, so that no pipe or file gets their descriptors."""
    while (number := os.open(os.devnull, os.O_RDWR)) <= 2:
        os.set_inheritable(number, True)  # for child processes, too
    os.close(number)
    # Python has no object for a stream that was closed when it started.
    sys.stdin = sys.stdin or open(0, encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stdout = sys.stdout or open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stderr = sys.stderr or open(2, "w", encoding="utf-8", closefd=False)  # noqa: SIM115


def close_streams(status: int) -> int:
    """Flush the output, and return the exit status: `status`, or 1 if output was lost, such as on a full disk."""
    for stream in (sys.stdout, sys.stderr):
        say("", file=stream, end="")
    return status or int(bool(_lost))


_lost: set[TextIO] = set()


def _give_up(stream: TextIO, error: OSError) -> None:
    """Discard the rest of the stream. A reader that stops early, such as `head`, isn't an error; anything else is."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)
    if not isinstance(error, BrokenPipeError):
        _lost.add(stream)
        if stream is sys.stdout:
            say(f"octavo: standard output can't be written: {error.strerror}", file=sys.stderr)
