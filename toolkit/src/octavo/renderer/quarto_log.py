"""The log: Quarto's output while it renders, and which cell is running."""

from __future__ import annotations

import re
import time

from octavo.renderer.ansi import strip_colors

# How many characters of the output's end are kept; a cell may print forever.
KEPT = 20_000
# How many times a cell's limit Quarto may be silent; it never finishes a page whose cell printed 100 MB.
SILENCE = 5
_PAGE = re.compile(r"^\[ *\d+/\d+\] (.+)$", re.MULTILINE)
# An unfinished line: Quarto completes it when the cell is done.
_CELL = re.compile(r"^ +Cell (\d+)/\d+: .*\.\.\.+\Z", re.MULTILINE)


class QuartoLog:
    """The end of the output so far."""

    def __init__(self) -> None:
        self._text = ""
        self._page = ""
        self._cell = ""
        self._begun = self._heard = time.monotonic()

    @property
    def text(self) -> str:
        """The output as plain text."""
        return self._text.strip("\n")

    def describe_delay(self, timeout: float) -> str:
        """A message about what took too long, given the cell's limit in seconds."""
        place = f"{self._page}: " if self._page else ""
        if self._cell:
            return f"{place}{self._cell} took longer than {timeout:g} s and was ended"
        return f"{place}Quarto said nothing for {SILENCE * timeout:g} s and was ended; does a cell print too much?"

    def add(self, text: str) -> None:
        """Add the next output."""
        self._text = (self._text + strip_colors(text).replace("\r", ""))[-KEPT:]
        if pages := _PAGE.findall(self._text):
            self._page = pages[-1]
        running = _CELL.search(self._text)
        cell = f"cell {running[1]}" if running else ""
        if cell != self._cell:
            self._cell, self._begun = cell, time.monotonic()
        if text:
            self._heard = time.monotonic()

    def left(self, timeout: float) -> float:
        """The seconds left to the running cell, or else to a silent Quarto."""
        end = self._begun + timeout if self._cell else self._heard + SILENCE * timeout
        return max(0.0, end - time.monotonic())
