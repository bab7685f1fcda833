"""Losses: what a format of another system has no place for, said in a line each."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import fields
from types import SimpleNamespace

from octavo.documents.record import Record
from octavo.model.columns import COLUMNS

# Not of the CV: how a row is found, sorted and shown on the site.
_BOOKKEEPING = frozenset({"id", "anchor", "year", "forthcoming", "selected", "hidden", "publication"})
_PROFILE_BOOKKEEPING = frozenset({"name", "names", "cv", "links"})


def list_losses(record: Record, held: Mapping[str, Collection[str]]) -> Iterator[str]:
    """A line for each column and field of the profile that has values and isn't among the held ones.

    `held` has the columns by table, and the profile's fields under `profile`; `link` stands for the first of the
    links.
    """
    for field in fields(record.profile):
        known = field.name in held["profile"] or field.name in _PROFILE_BOOKKEEPING
        if not known and getattr(record.profile, field.name):
            yield f"profile: {field.name}"
    for table, rows in record.tables.items():
        if table in held:
            yield from _list_columns(table, rows, held[table])
        elif rows:
            yield f"{table}: all rows ({len(rows)})"


def _list_columns(table: str, rows: Sequence[SimpleNamespace], held: Collection[str]) -> Iterator[str]:
    for column in COLUMNS[table]:
        if column in _BOOKKEEPING or column in held:
            continue
        spared = 1 if column == "links" and "link" in held else 0
        number = sum(_count_values(getattr(row, column)) > spared for row in rows)
        if number:
            what = "links but the first" if spared else column
            yield f"{table}: {what} of {number} {'row' if number == 1 else 'rows'}"


def _count_values(value: object) -> int:
    if isinstance(value, tuple | dict):
        return len(value)
    return int(value is not None)
