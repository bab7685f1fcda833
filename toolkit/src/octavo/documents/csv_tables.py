"""CSV: a file of each table, for spreadsheets; by RFC 4180, in UTF-8."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from types import SimpleNamespace

from octavo.documents.record import Record
from octavo.model.authors import Author
from octavo.model.columns import COLUMNS
from octavo.model.dates import PartialDate

# Derived from other columns, or true of no row that is shown.
_LEFT_OUT = frozenset({"anchor", "year", "forthcoming", "hidden"})


def iterate_csv(record: Record) -> Iterator[tuple[str, str]]:
    """Name and content of the file of each table that has rows: `publications.csv`."""
    for table, rows in record.tables.items():
        if rows:
            yield f"{table}.csv", format_csv(table, rows)


def format_csv(table: str, rows: Sequence[SimpleNamespace]) -> str:
    """The table's rows as CSV; a cell with several values has `; ` between them, a link its role and `=` before it."""
    columns = [column for column in COLUMNS[table] if column not in _LEFT_OUT]
    output = io.StringIO()
    writer = csv.writer(output)
    writer.writerow(columns)
    for row in rows:
        writer.writerow(_format_cell(getattr(row, column)) for column in columns)
    return output.getvalue()


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
