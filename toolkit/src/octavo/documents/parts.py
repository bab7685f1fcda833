"""Parts of files for other systems: mappings without empty values, dates without seasons, and reports of losses."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any, Literal, TypeAlias

from octavo.documents.record import Record
from octavo.documents.runs import make_absolute
from octavo.model.dates import PartialDate
from octavo.model.entries import find_date, make_entry
from octavo.model.fields import Field, Role, list_fields
from octavo.model.row import Row
from octavo.model.vocabulary import LinkName

Part: TypeAlias = dict[str, Any]
_LAST_MONTH = 12
Held = Literal["all", "first", "none"]
"""How much of a field a format holds: of links, often only the first."""
Holds = Callable[[type[Row], Field], Held]
_PROFILE_BOOKKEEPING = frozenset({"name", "names", "cv", "links"})


def keep_known(part: Part) -> Part:
    """The part without keys that have no value."""
    return {key: value for key, value in part.items() if value not in (None, "", [], {})}


def join_texts(*texts: str | None) -> str:
    """The texts that are not empty, separated by commas."""
    return ", ".join(text for text in texts if text)


def find_address(links: Mapping[LinkName, str], site_url: str) -> str | None:
    """The first of a row's links, as an absolute address."""
    addresses = (make_absolute(address, site_url) for address in links.values())
    return next((address for address in addresses if address), None)


def split_date(date: PartialDate | None) -> tuple[str | None, str | None]:
    """Start and end as `2025`, `2025-11`, or `2025-11-03`; no end if it is ongoing, and a season as its year."""
    if date is None:
        return None, None
    start, _, end = date.edtf.partition("/")
    return _drop_season(start), None if end == ".." else _drop_season(end or start)


def end_date(date: PartialDate | None) -> str | None:
    """The single date to list something under: the end, or the start if it is ongoing."""
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
