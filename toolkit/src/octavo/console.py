"""The console: what commands print, with nothing in it that acts on a terminal.

Text from a bibliography, a registry, or a table may hold an escape sequence that recolors or erases what stands on
the screen, or a bidirectional control that shows it in another order. `say` prints each such character as its escape
sequence; only `paint` makes sequences that act.
"""

from __future__ import annotations

import re
import sys
from typing import TextIO

GREEN, RED, CYAN, BOLD = "\x1b[32m", "\x1b[31m", "\x1b[36m", "\x1b[1m"
_PLAIN = "\x1b[0m"
# C0 but tab and newline, DEL and C1, bidirectional marks, embeddings, overrides and isolates, line and paragraph
# separators, and lone surrogates, which no terminal can be sent.
# Zero-width joiners and non-joiners stay: Persian and Indic words and emoji are spelled with them, and all they can do
# is shape the letters beside them. Where two look-alikes must be told apart, messages quote values, joiners included.
_ACTING = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


class Painted(str):
    """Text whose escape sequences are ours; whatever is added to it is made visible first."""

    __slots__ = ()

    def __add__(self, text: str) -> Painted:
        """Both, painted as they are."""
        return Painted(f"{self}{visible(text)}")


def visible(text: str) -> str:
    r"""The text with characters that act on a terminal shown as escapes (`\x1b`, `\u202e`); tabs and newlines stay."""
    return text if isinstance(text, Painted) else _ACTING.sub(_escape, text)


def paint(text: str, style: str) -> Painted:
    """The text in a style, such as `RED`."""
    return Painted(f"{style}{visible(text)}{_PLAIN}")


def say(text: object, *, file: TextIO | None = None, end: str = "\n") -> None:
    """Print to standard output, or `file`, at once; everything that a command prints goes through here."""
    shown = visible(text if isinstance(text, str) else str(text))
    print(shown, file=file, end=end, flush=True)


def write_result(text: str) -> None:
    """Write what a command was asked for to standard output: byte for byte in UTF-8, unless a person looks at it."""
    if sys.stdout.isatty():
        say(text, end="")
    else:
        sys.stdout.buffer.write(text.encode(errors="backslashreplace"))
        sys.stdout.buffer.flush()


def _escape(match: re.Match[str]) -> str:
    return match[0].encode("unicode_escape").decode()
