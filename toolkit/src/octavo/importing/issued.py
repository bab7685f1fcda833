"""The date of issue, from what bibliographies call year, month and day, or date.

A part that can't be read is an error, never dropped: dropping it makes dates such as `2020-None-01`, or the year 1970,
which no one wrote.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Sequence

from octavo.model.dates import PartialDate

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
_LONG_MONTHS = frozenset(name.lower() for name in calendar.month_name if name) | {"sept"}
_ISO = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?(?:[T ]\d{2}:.*)?")
_MONTH_WITH_DAY = re.compile(r"(?P<before>\d{1,2})?[\s.,]*(?P<month>[A-Za-z]+)\.?[\s.,]*(?P<after>\d{1,2})?")


def make_date(parts: Sequence[int]) -> str:
    """`[2025, 11, 3]`, `[2025, 11]` or `[2025]` as the text that a table holds.

    Raises:
        ValueError: if there is no such day, month (seasons are 21 to 24) or plausible year.
    """
    text = "-".join(f"{part:04}" if index == 0 else f"{part:02}" for index, part in enumerate(parts))
    seasons = {number: name.capitalize() for name, number in _SEASONS.items() if name != "fall"}
    if len(parts) == 2 and parts[1] in seasons:
        text = f"{seasons[parts[1]]} {parts[0]}"
    return PartialDate.parse(text).text


def parse_issued(text: str) -> str:
    """A date in one text, ISO 8601 or as people write it.

    Raises:
        ValueError: if it isn't one.
    """
    text = " ".join(text.split())
    if match := _ISO.fullmatch(text):
        parts = [int(part) for part in match.groups() if part is not None]
        return make_date(parts)
    return PartialDate.parse(text).text


def join_issued(year: str, month: str, day: str) -> str:
    """The date that BibTeX gives in three fields, each of which may be empty.

    Raises:
        ValueError: naming the part that can't be read.
    """
    if not year:
        return ""
    if not month:
        return parse_issued(year)
    number, found_day = _parse_month(month)
    if not re.fullmatch(r"\d{4}", year):
        raise ValueError(f"{year!r} is not a year")
    day_number = _parse_day(day) if day else found_day
    return make_date([int(year), number, *([day_number] if day_number else [])])


def _parse_month(text: str) -> tuple[int, int | None]:
    """The month's number and, where the text has one as `3 nov` has, the day."""
    if re.fullmatch(r"\d{1,2}", text):
        if 1 <= int(text) <= 12:
            return int(text), None
        raise ValueError(f"there is no month {text}")
    match = _MONTH_WITH_DAY.fullmatch(text.strip())
    name = match["month"].lower() if match else ""
    if match is None or not (name in _MONTHS or name in _LONG_MONTHS or name in _SEASONS):
        raise ValueError(f"{text!r} is not a month (expected a number from 1 to 12 or a name such as nov)")
    day = match["before"] or match["after"]
    number = _SEASONS.get(name) or _MONTHS.index(name[:3]) + 1
    return number, int(day) if day else None


def _parse_day(text: str) -> int:
    if not re.fullmatch(r"\d{1,2}", text):
        raise ValueError(f"{text!r} is not a day")
    return int(text)
