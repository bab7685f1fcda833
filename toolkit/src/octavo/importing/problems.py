"""Problems at a line and column of text, or at a source without lines."""

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


class SourceProblem(Problem):
    """A problem with a source's answer, at a place such as `doi:10.1145/3576915.3616582`."""

    def __str__(self) -> str:
        prefix = "warning: " if self.severity == "warning" else ""
        return f"{self.path}: {prefix}{self.message}"


def report_source(place: str, message: str, severity: Severity = "error") -> SourceProblem:
    """A problem at a place that has no lines."""
    return SourceProblem(place, 0, 0, message, severity)
