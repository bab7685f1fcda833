"""ISO dates: a partial date for systems that know only years, months, and days."""

from __future__ import annotations

from collections.abc import Iterator

from octavo.documents.record import Record
from octavo.model.dates import PartialDate
from octavo.model.entries import find_date

_LAST_MONTH = 12


def split_date(date: PartialDate | None) -> tuple[str | None, str | None]:
    """Start and end as `2025`, `2025-11` or `2025-11-03`; no end while it goes on, and a season as its year."""
    if date is None:
        return None, None
    start, _, end = date.edtf.partition("/")
    return _drop_season(start), None if end == ".." else _drop_season(end or start)


def end_date(date: PartialDate | None) -> str | None:
    """The one date to list something under: the end, or the start while it is ongoing."""
    start, end = split_date(date)
    return end or start


def is_exact(date: PartialDate | None) -> bool:
    """Whether ISO dates, which have no seasons, can express it."""
    return date is None or all(point == ".." or _drop_season(point) == point for point in date.edtf.split("/"))


def list_inexact(record: Record) -> Iterator[str]:
    """A line for each table with dates whose season is lost."""
    for table in record.tables:
        seasons = sum(not is_exact(find_date(row)) for row in record.tables[table])
        if seasons:
            yield f"{table}: the season of {seasons} {'date' if seasons == 1 else 'dates'}, only the year"


def _drop_season(point: str) -> str:
    year, _, rest = point.partition("-")
    return year if rest and int(rest[:2]) > _LAST_MONTH else point
