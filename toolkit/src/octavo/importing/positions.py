"""Where in a text something stands: line and column, both counted from 1."""

from __future__ import annotations

from octavo.errors import Problem, Severity
from octavo.tables.composition import Lines


class Positions(Lines):
    """The lines of one named text."""

    def __init__(self, path: str, text: str) -> None:
        super().__init__(text)
        self.path = path

    def report(self, offset: int, message: str, severity: Severity = "error") -> Problem:
        """A problem at `offset`."""
        return Problem(self.path, *self.locate(offset), message, severity)
