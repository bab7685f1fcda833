"""Losses: what another system's format has no place for, one line each."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Literal

from octavo.documents.record import Record
from octavo.model.entries import make_entry
from octavo.model.fields import Field, Role, list_fields
from octavo.model.row import Row

Held = Literal["all", "first", "none"]
"""How much of a field a format holds: of links, often only the first."""
Holds = Callable[[type[Row], Field], Held]
_PROFILE_BOOKKEEPING = frozenset({"name", "names", "cv", "links"})


def list_losses(record: Record, profile: Collection[str], holds: Holds) -> Iterator[str]:
    """A line for each field whose values the format doesn't hold.

    Args:
        record: what is exported.
        profile: the profile's fields that the format holds.
        holds: how much of a table's field it holds.
    """
    for field in list_fields(type(record.profile)).values():
        known = field.name in profile or field.name in _PROFILE_BOOKKEEPING or field.role is Role.BOOKKEEPING
        if not known and getattr(record.profile, field.name):
            yield f"profile: {field.name}"
    for table, rows in record.tables.items():
        if rows:
            yield from _list_table(table, rows, holds)


def _list_table(table: str, rows: Sequence[Row], holds: Holds) -> Iterator[str]:
    row_type = type(rows[0])
    fields = [field for field in list_fields(row_type).values() if field.role is not Role.BOOKKEEPING]
    held = {field.name: holds(row_type, field) for field in fields}
    if set(held.values()) == {"none"}:
        yield f"{table}: all rows ({len(rows)})"
        return
    if number := sum(any(len(texts) > 1 for texts in row.translations.values()) for row in rows):
        yield f"{table}: other languages of {number} {'row' if number == 1 else 'rows'}"
    for name in (name for name, share in held.items() if share != "all"):
        spared = 1 if held[name] == "first" else 0
        # The address that a title links to uses up the one link that is held.
        taken = [bool(spared and make_entry(row).address) for row in rows]
        number = sum(_count_values(getattr(row, name)) + own > spared for row, own in zip(rows, taken, strict=True))
        if number:
            what = f"{name} but the first" if spared else name
            yield f"{table}: {what} of {number} {'row' if number == 1 else 'rows'}"


def _count_values(value: object) -> int:
    if isinstance(value, tuple | Mapping):
        return len(value)
    return int(value is not None)
