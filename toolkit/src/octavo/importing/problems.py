"""Problems of a source that has no lines, as a registry on the network."""

from __future__ import annotations

from dataclasses import dataclass

from octavo.errors import Problem, Severity


@dataclass(frozen=True)
class SourceProblem(Problem):
    """A problem of what was asked for, as `doi:10.1145/3576915.3616582`."""

    def __str__(self) -> str:
        prefix = "warning: " if self.severity == "warning" else ""
        return f"{self.path}: {prefix}{self.message}"


def report_source(place: str, message: str, severity: Severity = "error") -> SourceProblem:
    """A problem with what stands at a place such as `doi:10.…`."""
    return SourceProblem(place, 0, 0, message, severity)
