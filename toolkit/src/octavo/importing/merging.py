"""Merges what sources say into a row, field by field; what the owner wrote always wins.

This is a three-way merge, as in version control: for each field there are the table's value, what each source said when
it was last imported (from the provenance), and what it says now. A source that says what it said before changes
nothing. Where both sides changed, the owner's value stays and the difference is reported.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Any, NamedTuple

from octavo.importing.comparing import is_alike, is_same
from octavo.importing.decisions import Owner
from octavo.importing.matching import Joined
from octavo.importing.originals import Original
from octavo.importing.statement import Fields, Statement, claim_fields
from octavo.markdown import plain_title
from octavo.model.links import find_address


class Change(NamedTuple):
    """A field that gets a new value; `old` is None if it had none."""

    row: str
    path: str
    old: Any
    new: Any
    source: str
    place: str
    edit: tuple[str, Any]
    """The path and the value to write, if the field holds more than what is compared: `title.de`."""

    @property
    def name(self) -> str:
        """As the command line names it: `lynx.title`."""
        return f"{self.row}.{self.path}"

    def explain(self, command: str) -> str:
        """The conflict: what differs, what was done, and how to do the opposite."""
        yours = "you removed it" if self.old is None else f"you wrote {show_value(self.old)}"
        said = f"{self.source} says {show_value(self.new)}"
        return f"{self.name}: {said}, {yours}; kept yours. To take theirs: {command} --take {self.name}"


Offer = tuple[Any, Joined]
"""A value for a field, and its source."""


class Verdict(Enum):
    """What becomes of a field."""

    WRITE = "the table gets the source's value"
    STAY = "the table is unchanged, silently"
    OUTRANKED = "the table is unchanged, because its value is from a better source"
    CONFLICT = "the table is unchanged, and the conflict is reported"


@dataclass
class MergedRow:
    """A row's part of the plan."""

    changes: list[Change] = field(default_factory=list)
    conflicts: list[Change] = field(default_factory=list)
    outranked: list[Change] = field(default_factory=list)
    takeable: set[str] = field(default_factory=set)
    """Every field where the source and the table differ."""


def merge_row(
    written: Mapping[str, Any], joined: Sequence[Joined], known: Sequence[Statement], owner: Owner
) -> MergedRow:
    """Decide about each field of a row, which is as written, before validation.

    Args:
        written: The row.
        joined: The current statements, the best first.
        known: The earlier statements about the row.
        owner: What the owner chose.
    """
    merged, name = MergedRow(), str(written["id"]).strip()
    said = [each.fields for one in joined for each in (one.statement, one.before) if each]
    original = Original(written, owner.language, said)
    row = original.row
    for path, offers in _list_offers(row, joined).items():
        yours = get_value(row, path)
        chosen = _choose_offer(path, yours, offers)
        if chosen is None:
            continue
        value, one = chosen
        merged.takeable.add(f"{name}.{path}")
        edit = original.restore(path, value)
        change = Change(name, path, yours, value, one.statement.source, one.statement.place, edit)
        verdict = judge_field(path, yours, value, one, known)
        if verdict is Verdict.WRITE or _covers(owner.take, name, path):
            merged.changes.append(change)
        elif verdict is Verdict.CONFLICT and not _covers(owner.keep, name, path):
            merged.conflicts.append(change)
        elif verdict is Verdict.OUTRANKED:
            merged.outranked.append(change)
    return merged


def _covers(choices: Collection[str], row: str, path: str) -> bool:
    return f"{row}.{path}" in choices or row in choices or "all" in choices


def _list_offers(row: Mapping[str, Any], joined: Iterable[Joined]) -> dict[str, list[Offer]]:
    offers: dict[str, list[Offer]] = {}
    for one in joined:
        for path, value in claim_fields(one.statement, row).items():
            offers.setdefault(path, []).append((value, one))
    return offers


def _choose_offer(path: str, yours: Any, offers: Sequence[Offer]) -> Offer | None:
    """What an entry now says differently; otherwise nothing if one agrees with the table, or else the best offer."""
    news = [offer for offer in offers if offer[1].before is not None and not _repeats(path, *offer)]
    if not news and yours is not None and any(is_same(yours, value) for value, _ in offers):
        return None
    best = min(news or offers, key=lambda offer: _repeats(path, *offer))
    return None if yours is not None and is_same(yours, best[0]) else best


def _repeats(path: str, value: Any, one: Joined) -> bool:
    """Whether the entry said so before."""
    return one.before is not None and is_same(one.before.fields.get(path), value)


def judge_field(path: str, yours: Any, value: Any, one: Joined, known: Sequence[Statement]) -> Verdict:
    """Decide about one field whose value in the table differs or is missing."""
    if _repeats(path, value, one):
        return Verdict.STAY
    said = [statement for statement in known if path in statement.fields]
    writers = [statement for statement in said if yours is not None and is_same(statement.fields[path], yours)]
    if not writers:  # the owner's: written by hand, changed, or removed
        if yours is None and not said:
            return Verdict.WRITE
        is_known = any(_reads_same(statement.fields[path], value) for statement in said)
        return Verdict.STAY if is_known or is_alike(path, yours, value) else Verdict.CONFLICT
    if one.before in writers and len(writers) == 1:
        return Verdict.WRITE  # a source corrects itself
    best = max(statement.rank for statement in writers)
    if one.statement.rank < best:
        return Verdict.STAY if is_alike(path, yours, value) else Verdict.OUTRANKED
    is_fuller = one.statement.rank > best and len(str(value)) > len(str(yours))
    return Verdict.STAY if is_alike(path, yours, value) and not is_fuller else Verdict.WRITE


def _reads_same(one: Any, other: Any) -> bool:
    """Whether two values are the same apart from emphasis."""
    if isinstance(one, str) and isinstance(other, str):
        one, other = plain_title(one), plain_title(other)
    return is_same(one, other)


def remember(
    known: Sequence[Statement], joined: Sequence[Joined], open_paths: Collection[str], today: str
) -> list[Statement]:
    """What is known about a row after an import; fields that the owner must still decide on are left out."""
    kept = list(known)
    for one in joined:
        fields = dict(_list_settled(one, open_paths))
        if one.before is not None and one.before.fields == fields and one.before.key == one.statement.key:
            continue
        if one.before is not None:
            kept.remove(one.before)
        kept.append(replace(one.statement, fields=fields, date=today, place="", is_cut=False))
    return kept


def _list_settled(one: Joined, open_paths: Collection[str]) -> Iterator[tuple[str, Any]]:
    before: Fields = one.before.fields if one.before else {}
    for path, value in one.statement.fields.items():
        if path not in open_paths:
            yield path, value
        elif path in before:
            yield path, before[path]


def get_value(row: Mapping[str, Any], path: str) -> Any:
    """A field's value, or None; `links.code` is a value of `links`."""
    name, _, role = path.partition(".")
    value = row.get(name)
    if role:
        value = find_address(value, role)
    return value.strip() if isinstance(value, str) else value


def show_value(value: Any) -> str:
    """A field's value, quoted for a message."""
    if isinstance(value, list):
        return ", ".join(show_value(item).strip("'") for item in value).join("''")
    if isinstance(value, Mapping):
        name = [str(value[part]) for part in ("given", "particle", "family", "suffix", "literal") if value.get(part)]
        return " ".join(name) if name else str(dict(value))
    text = " ".join(str(value).split())
    return repr(text if len(text) <= 160 else text[:159] + "…")
