"""CSV tables: one file per table, for spreadsheets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from types import SimpleNamespace

from octavo.authors import Author
from octavo.columns import COLUMNS
from octavo.csv_text import write_csv
from octavo.dates import PartialDate
from octavo.documents.record import Record

# Derived from other columns, or true of no row that is shown.
_LEFT_OUT = frozenset({"anchor", "year", "forthcoming", "hidden"})


def iterate_csv(record: Record) -> Iterator[tuple[str, str]]:
    """Name and content of the file of each table that has rows: `publications.csv`."""
    for table, rows in record.tables.items():
        if rows:
            yield f"{table}.csv", format_csv(table, rows)


def format_csv(table: str, rows: Sequence[SimpleNamespace]) -> str:
    """The table's rows as CSV; `; ` separates several values in a cell, and a link reads `role=address`."""
    columns = [column for column in COLUMNS[table] if column not in _LEFT_OUT]
    return write_csv(columns, ([_format_cell(getattr(row, column)) for column in columns] for row in rows))


def list_csv_losses(record: Record) -> list[str]:
    """What of the record isn't in the files: the profile, and what authors have besides their names."""
    marked = [
        row.title
        for row in record.tables["publications"]
        if any(author.equal or author.corresponding or author.orcid for author in row.authors)
    ]
    marks = "publications: marks and ORCID iDs of the authors of"
    return ["profile: all fields", *(f"{marks} {title!r}" for title in marked)]


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
    """By parts, since a spreadsheet sorts by family names: `Noether, E.`."""
    family = " ".join(part for part in (author.particle, author.family) if part)
    return author.literal or ", ".join(part for part in (family, author.suffix, author.given) if part)
