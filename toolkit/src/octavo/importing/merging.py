"""Merges what sources say into a row, field by field; what the owner wrote always wins.

This is a three-way merge, as in version control: for each field there are the table's value, the value that a source
gave when a script last wrote (from the provenance), and the one it gives now. Where both sides changed, the owner's
stays and the difference is reported.
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
    """A field that gets a new value; `old` is None if it had none."""

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
    """A field that keeps the owner's value although the source has a new one."""

    def explain(self, command: str) -> str:
        """What differs, what was done, and how to do the opposite; `command` is the command line of this import."""
        yours = "you removed it" if self.old is None else f"you wrote {show_value(self.old)}"
        said = f"{self.offer.source} says {show_value(self.offer.value)}"
        return f"{self.name}: {said}, {yours}; kept yours. To take theirs: {command} --take {self.name}"


class Verdict(Enum):
    """What becomes of a field."""

    SAME = "the table says what the source says"
    WRITE = "the table takes what the source says"
    STAY = "the table stays, silently"
    OUTRANKED = "the table stays, since its value is from a better source"
    CONFLICT = "the table stays, and the owner is told"


@dataclass
class MergedRow:
    """A row's part of the plan."""

    changes: list[Change] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    kept: dict[str, Offer] = field(default_factory=dict)
    outranked: list[Conflict] = field(default_factory=list)
    takeable: set[str] = field(default_factory=set)
    """Every field where the source and the table differ."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What the owner chose: fields such as `lynx.title`, rows such as `lynx`, or `all`."""

    take: Collection[str] = ()
    keep: Collection[str] = ()

    def cover(self, choices: Collection[str], row: str, path: str) -> bool:
        """Whether the choices include a field."""
        return f"{row}.{path}" in choices or row in choices or "all" in choices


def merge_row(
    row: Mapping[str, Any], offers: Mapping[str, Offer], origins: Mapping[str, Origin], choices: Choices
) -> MergedRow:
    """What becomes of a row's fields; the row is as written, before validation."""
    merged, name = MergedRow(), str(row["id"]).strip()
    for path, offer in offers.items():
        yours = get_value(row, path)
        verdict = judge_field(path, yours, offer, origins.get(path))
        if verdict is Verdict.SAME:
            continue
        merged.takeable.add(f"{name}.{path}")
        if verdict is Verdict.WRITE or choices.cover(choices.take, name, path):
            merged.changes.append(Change(name, path, yours, offer))
        elif verdict is Verdict.CONFLICT and choices.cover(choices.keep, name, path):
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
