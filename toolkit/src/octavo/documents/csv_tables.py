"""CSV tables: one file per table, for spreadsheets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from octavo.csv_text import write_csv
from octavo.documents.record import Record
from octavo.model.authors import Author
from octavo.model.dates import PartialDate
from octavo.model.entries import make_entry
from octavo.model.fields import list_fields
from octavo.model.row import Row


def iterate_csv(record: Record) -> Iterator[tuple[str, str]]:
    """Name and content of the file of each table that has rows: `publications.csv`."""
    for table, rows in record.tables.items():
        if rows:
            yield f"{table}.csv", format_csv(rows)


def format_csv(rows: Sequence[Row]) -> str:
    """At least one row of a table as CSV; `; ` separates several values in a cell, and a link reads `role=address`."""
    columns = [name for name in list_fields(type(rows[0])) if name != "hidden"]  # no visible row
    return write_csv(columns, ([_format_cell(getattr(row, column)) for column in columns] for row in rows))


def list_csv_losses(record: Record) -> list[str]:
    """What the files leave out: the profile, and everything about people except their names."""
    lost = ["profile: all fields"]
    for table, rows in record.tables.items():
        for row in rows:
            entry = make_entry(row)
            if any(author.marks or author.orcid for author in entry.people):
                lost.append(f"{table}: marks and ORCID iDs of the authors of {entry.title!r}")
            if any(len(texts) > 1 for texts in row.translations.values()):
                lost.append(f"{table}: other languages of {entry.title!r}")
    return lost


def _format_cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, PartialDate):
        return value.text
    if isinstance(value, tuple):
        return "; ".join(_format_cell(part) for part in value)
    if isinstance(value, dict):
        return "; ".join(f"{role}={address}" for role, address in value.items())
    return _format_author(value) if isinstance(value, Author) else str(value)


def _format_author(author: Author) -> str:
    """Family name first, so that a spreadsheet can sort by it: `Noether, E.`."""
    family = " ".join(part for part in (author.particle, author.family) if part)
    return author.literal or ", ".join(part for part in (family, author.suffix, author.given) if part)
