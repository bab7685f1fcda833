"""The plan of an import: what would be written, what is in doubt, and what stays."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from octavo.errors import Problem


@dataclass(frozen=True, slots=True)
class Offer:
    """What a source says of a field."""

    value: Any
    source: str
    rank: int
    place: str


@dataclass(frozen=True, slots=True)
class Change:
    """A field of a row that gets another value; `old` is None where it had none."""

    row: str
    path: str
    old: Any
    offer: Offer

    @property
    def name(self) -> str:
        """As the command line names it: `lynx.title`."""
        return f"{self.row}.{self.path}"


@dataclass(frozen=True, slots=True)
class Conflict(Change):
    """A field that stays the owner's, though the source says something new."""

    def explain(self, command: str) -> str:
        """What differs, what was done, and how to do the other thing; `command` is how this import was called."""
        yours = "you removed it" if self.old is None else f"you wrote {show_value(self.old)}"
        said = f"{self.offer.source} says {show_value(self.offer.value)}"
        return f"{self.name}: {said}, {yours}; kept yours. To take theirs: {command} --take {self.name}"


@dataclass(frozen=True, slots=True)
class Addition:
    """A row that isn't there yet."""

    id: str
    index: int
    """Before which row it goes."""
    offers: Mapping[str, Offer]
    place: str

    def make_row(self) -> dict[str, Any]:
        """Its fields as the table has them."""
        row: dict[str, Any] = {"id": self.id}
        for path, offer in self.offers.items():
            name, _, role = path.partition(".")
            row[name] = {**row.get(name, {}), role: offer.value} if role else offer.value
        return row


@dataclass(frozen=True, slots=True)
class Question:
    """A record that may be what a row or another record describes."""

    place: str
    title: str
    candidates: tuple[str, ...]
    """Ids of rows, or places of records that aren't rows yet."""
    reason: str

    def explain(self, command: str) -> str:
        """What is asked, and the two commands that answer."""
        rows = " or ".join(repr(candidate) for candidate in self.candidates)
        return (
            f"{self.place}: is {self.title!r} the same work as {rows} ({self.reason})? Left out until you say. "
            f"If so: {command} --same {self.place}={self.candidates[0]}; if not: {command} --new {self.place}"
        )


@dataclass
class Plan:
    """All that an import found out; nothing of it is written yet."""

    additions: list[Addition] = field(default_factory=list)
    changes: dict[int, list[Change]] = field(default_factory=dict)
    """By the row's index."""
    conflicts: list[Conflict] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    unchanged: int = 0
    """Rows that a source described and that stay as they are."""
    kept: dict[str, dict[str, Offer]] = field(default_factory=dict)
    """Fields of which the owner said that theirs stay, by row and path."""

    def list_changes(self) -> Iterator[Change]:
        """All changes, in the order of the rows."""
        for index in sorted(self.changes):
            yield from self.changes[index]

    @property
    def has_edits(self) -> bool:
        """Whether the table would change."""
        return bool(self.additions or self.changes)


def show_value(value: Any) -> str:
    """A field's value as a sentence quotes it."""
    if isinstance(value, list):
        return ", ".join(show_value(item).strip("'") for item in value).join("''")
    if isinstance(value, Mapping):
        name = [str(value[part]) for part in ("given", "particle", "family", "suffix", "literal") if value.get(part)]
        return " ".join(name) if name else str(dict(value))
    text = " ".join(str(value).split())
    return repr(text if len(text) <= 160 else text[:159] + "…")
