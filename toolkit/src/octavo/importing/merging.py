"""The merge of what sources say into what the table says, field by field; the owner's hand always wins.

For each field there are three values: the table's, the one that a source gave when a script last wrote (from the
provenance), and the one that it gives now. That is the three-way merge of version control, with the owner's side
preferred, and a report where both sides changed.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from octavo.importing.comparing import is_alike, is_same
from octavo.importing.describing import Offer
from octavo.importing.provenance import Origin


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


class Verdict(Enum):
    """What becomes of a field."""

    SAME = "the table says what the source says"
    WRITE = "the table takes what the source says"
    STAY = "the table stays, and nobody needs to hear of it"
    OUTRANKED = "the table stays, since it has this from a source that knows better"
    CONFLICT = "the table stays, and the owner is told"


@dataclass
class MergedRow:
    """A row's part of the plan."""

    changes: list[Change] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    kept: dict[str, Offer] = field(default_factory=dict)
    outranked: list[Conflict] = field(default_factory=list)
    takeable: set[str] = field(default_factory=set)
    """Every field in which the source and the table differ."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the owner said about fields, as `lynx.title`, rows, as `lynx`, or `all`."""

    take: Collection[str] = ()
    keep: Collection[str] = ()

    def wants(self, wishes: Collection[str], row: str, path: str) -> bool:
        """Whether a field is among them."""
        return f"{row}.{path}" in wishes or row in wishes or "all" in wishes


def merge_row(
    row: Mapping[str, Any], offers: Mapping[str, Offer], origins: Mapping[str, Origin], wishes: Wishes
) -> MergedRow:
    """What becomes of a row's fields; the row is as its owner wrote it, its texts not yet typed."""
    merged, name = MergedRow(), str(row["id"]).strip()
    for path, offer in offers.items():
        yours = get_value(row, path)
        verdict = judge_field(path, yours, offer, origins.get(path))
        if verdict is Verdict.SAME:
            continue
        merged.takeable.add(f"{name}.{path}")
        if verdict is Verdict.WRITE or wishes.wants(wishes.take, name, path):
            merged.changes.append(Change(name, path, yours, offer))
        elif verdict is Verdict.CONFLICT and wishes.wants(wishes.keep, name, path):
            merged.kept[path] = offer
        elif verdict is Verdict.CONFLICT:
            merged.conflicts.append(Conflict(name, path, yours, offer))
        elif verdict is Verdict.OUTRANKED:
            merged.outranked.append(Conflict(name, path, yours, offer))
    return merged


def judge_field(path: str, yours: Any, offer: Offer, origin: Origin | None) -> Verdict:
    """What becomes of one field; `origin` is what a source said when a script last wrote it, or was told to keep it."""
    if yours is not None and is_same(yours, offer.value):
        return Verdict.SAME
    if origin is None:
        if yours is None:
            return Verdict.WRITE
        return Verdict.STAY if is_alike(path, yours, offer.value) else Verdict.CONFLICT
    if is_same(origin.value, offer.value):
        return Verdict.STAY  # the source said so before, and the owner has changed it since
    if offer.rank < origin.rank:
        return Verdict.OUTRANKED
    is_untouched = yours is not None and not origin.kept and is_same(yours, origin.value)
    return Verdict.WRITE if is_untouched else Verdict.CONFLICT


def get_value(row: Mapping[str, Any], path: str) -> Any:
    """A field's value, or None; `links.code` is a value of `links`."""
    name, _, role = path.partition(".")
    value = row.get(name)
    if role:
        value = value.get(role) if isinstance(value, Mapping) else None
    return value.strip() if isinstance(value, str) else value


def show_value(value: Any) -> str:
    """A field's value as a sentence quotes it."""
    if isinstance(value, list):
        return ", ".join(show_value(item).strip("'") for item in value).join("''")
    if isinstance(value, Mapping):
        name = [str(value[part]) for part in ("given", "particle", "family", "suffix", "literal") if value.get(part)]
        return " ".join(name) if name else str(dict(value))
    text = " ".join(str(value).split())
    return repr(text if len(text) <= 160 else text[:159] + "…")
