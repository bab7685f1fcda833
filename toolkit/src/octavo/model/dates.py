"""A date as precise as it was given: a day, a month, a season, a year, or a span of them.

Machine-readable forms are those of EDTF level 1 (ISO 8601-2:2019): `2025-11-03`, `2025-11`, `2025-22`
(summer), `2025`, and the intervals `2018/2020` and `2024/..`.
"""

from __future__ import annotations

import calendar
import datetime
import re
from dataclasses import dataclass, field, replace
from functools import lru_cache, total_ordering

from octavo.errors import quote_value
from octavo.language.words import write_date

EXPECTED = "2026, 2025-11, 2025-11-03, Nov 2025, Summer 2025, 2018–2020 or 2024–present"
# What people write in place of a date, and what they should write instead.
_APPROXIMATE = re.compile(
    r"(?:(?:ca?|circa|about|um|vers)\b\.? ?|~ ?|\[)([0-9]{4})\??\]?|([0-9]{4}) ?[?~]", re.IGNORECASE
)
_WRITTEN = tuple(
    (re.compile(form, re.IGNORECASE), advice)
    for form, advice in (
        (r"(0?[1-9]|1[0-2])[/.] ?([0-9]{4})", "write {2}-{1:0>2}"),  # 3/2024
        (r"([0-9]{1,2})\. ?([0-9]{1,2})\. ?([0-9]{4})", "write {3}-{2:0>2}-{1:0>2}"),  # 3.11.2025
        (r"([0-9]{4})[/.]([0-9]{1,2})[/.]([0-9]{1,2})", "write {1}-{2:0>2}-{3:0>2}"),  # 2025/11/03
        (r"[0-9]{1,2}[/-][0-9]{1,2}[/-][0-9]{4}", "write year-month-day: 2025-11-03"),  # 3/11/2025
        (r"(?:WS|WiSe|Wintersemester) ?([0-9]{4})(?: ?[/–-] ?[0-9]{2,4})?", "write Winter {1}"),
        (r"(?:SS|SoSe|Sommersemester) ?([0-9]{4})", "write Summer {1}"),
        (r"[0-9]{4}/(?:1[3-9]|[2-9][0-9])", "write both years in full"),  # 2024/25
        (r"(?:since|from|seit|depuis|desde) ([0-9]{4})", "write {1}–present"),
    )
)
_STATUSES = dict.fromkeys(("forthcoming", "to appear"), "to appear") | {
    status: status for status in ("in press", "accepted", "under review", "in preparation")
}
# Scholars edit charters and incunabula, but nothing is dated beyond 2100;
# typing errors such as 0202 or 2205 fall outside.
FIRST_YEAR, LAST_YEAR = 1000, 2100

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
SEASONS = {21: "Spring", 22: "Summer", 23: "Autumn", 24: "Winter"}
SEASON_MONTHS = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 12)}

# English in any locale, unlike `calendar.month_name`.
_LONG_MONTHS = """
january february march april may june july august september october november december
""".split()  # noqa: SIM905  a list of words reads best as words
_NUMBERS = (
    {name.lower(): number for number, name in enumerate(MONTHS, 1)}
    | {name: number for number, name in enumerate(_LONG_MONTHS, 1)}
    | {name.lower(): number for number, name in SEASONS.items()}
    | {"sept": 9, "fall": 23}
)
_OPEN_ENDS = {"present", "now", "today", "ongoing", ".."}
# A bare hyphen separates two dates only before a word or a year: not in 2025-11, but in 2018-2020, May-Aug 2024.
_SEPARATOR = re.compile(r"\s*[/–—]\s*|\s+(?:-|to)\s+|-(?=[A-Za-z]|[0-9]{4}(?![0-9]))")
_NAME, _DAY, _YEAR = r"(?P<name>[^\W\d_]+)\.?", r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?", r"(?:,? ?\b(?P<year>[0-9]{4}))?"
_FORMS = tuple(
    re.compile(form)
    for form in (
        r"(?P<year>[0-9]{4})(?:-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2}))?)?",  # 2025, 2025-11, 2025-11-03
        _NAME + _YEAR,  # Nov 2025; within a span also Nov
        rf"{_DAY}\.?(?: {_NAME})?{_YEAR}",  # 3 Nov 2025; within a span also 3 Nov, 3 and 5, 2025
        rf"{_NAME} {_DAY}{_YEAR}",  # Nov 3, 2025; within a span also Nov 3
    )
)


@dataclass(frozen=True, slots=True)
class _Point:
    """One end of a date; a month from 21 to 24 is a season. A point without a year only occurs in a span."""

    year: int | None
    month: int | None = None
    day: int | None = None
    season: str = ""
    """The season's name as written: some people say fall."""

    @classmethod
    def parse(cls, text: str) -> _Point:
        match = next((match for form in _FORMS if (match := form.fullmatch(text))), None)
        if match is None:
            raise ValueError(f"can't read {quote_value(text)}" if text else "an end is missing")
        parts = match.groupdict()
        month = int(parts["month"]) if parts.get("month") else None
        if name := parts.get("name"):
            if name.lower() not in _NUMBERS:
                raise ValueError(f"{quote_value(name)} is neither a month nor a season")
            month = _NUMBERS[name.lower()]
        year, day = parts.get("year"), parts.get("day")
        season = name.capitalize() if name and month in SEASONS else ""
        return cls(int(year) if year else None, month, int(day) if day else None, season)

    def check(self) -> None:
        """Reject dates that don't exist."""
        if self.year is None:
            raise ValueError("the year is missing")
        if not FIRST_YEAR <= self.year <= LAST_YEAR:
            raise ValueError(f"the year {self.year} is not within {FIRST_YEAR}–{LAST_YEAR}")
        if self.month is not None and not (1 <= self.month <= 12 or self.month in SEASONS):
            raise ValueError(f"there is no month {self.month:02}")
        if self.day is not None and not 1 <= self.day <= self._count_days():
            raise ValueError(f"there is no day {self.day} in {_join(self.name_month(), self.year)}")

    def fill_from(self, other: _Point) -> _Point:
        """The same point with the year, and for a bare day the month, of the span's other end."""
        month = other.month if self.month is None and self.day is not None else self.month
        return replace(self, year=other.year if self.year is None else self.year, month=month)

    def _count_days(self) -> int:
        if self.year is None or self.month is None or self.month in SEASONS:
            return 0
        return calendar.monthrange(self.year, self.month)[1]

    @property
    def first(self) -> datetime.date:
        assert self.year is not None  # noqa: S101 - check() came before
        return datetime.date(self.year, self._months[0], self.day or 1)

    @property
    def last(self) -> datetime.date:
        assert self.year is not None  # noqa: S101 - check() came before
        month = self._months[1]
        return datetime.date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    @property
    def _months(self) -> tuple[int, int]:
        if self.month is None:
            return 1, 12
        return SEASON_MONTHS.get(self.month, (self.month, self.month))

    @property
    def edtf(self) -> str:
        return "-".join(f"{part:02}" for part in (self.year, self.month, self.day) if part is not None)

    def name_month(self) -> str:
        """The month's short name, the season's name, or nothing."""
        if self.month is None:
            return ""
        return self.season or SEASONS.get(self.month) or MONTHS[self.month - 1]

    def __str__(self) -> str:
        return _join(self.day, self.name_month(), self.year)


@total_ordering
@dataclass(frozen=True, slots=True, eq=False)
class PartialDate:
    """A date, or a span of dates, known to the day, month, season or year.

    Ordered by (`last`, `first`), so that a list, newest first, begins with ongoing entries. Two
    dates are equal when their EDTF forms are, however they were written.

    Seasons are those of the northern hemisphere, by whole months: spring is March to May, summer June to August, autumn
    September to November. Winter is December alone, so that no season spans two years, and lists by year stay in order.
    (ISO 8601-2 numbers the seasons and leaves their months open.)
    """

    text: str
    """The text as written."""
    first: datetime.date
    """The first possible day."""
    last: datetime.date
    """The last possible day; `datetime.date.max` if it is ongoing."""
    edtf: str
    """EDTF level 1: `2025-11`, `2025-22`, `2018/2020`, `2024/..`."""
    _shown: str = field(repr=False)

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """Parse a date as people and machines write it.

        Raises:
            ValueError: with the text, what is wrong with it and what is expected.
        """
        return _parse_date(text)

    @property
    def year(self) -> int:
        """The year under which it is listed: that of its end, or of its start if it is ongoing."""
        return self.first.year if self.is_open else self.last.year

    @property
    def is_open(self) -> bool:
        """Whether it is ongoing, like `2024–present`."""
        return self.last == datetime.date.max

    def __str__(self) -> str:
        """The date in English, for files that other programs read."""
        return self._shown

    @property
    def shown(self) -> str:
        """The date in the current language."""
        return write_date(self.edtf, self._shown)

    def __eq__(self, other: object) -> bool:
        return self.edtf == other.edtf if isinstance(other, PartialDate) else NotImplemented

    def __lt__(self, other: object) -> bool:
        if not isinstance(other, PartialDate):
            return NotImplemented
        return (self.last, self.first, self.edtf) < (other.last, other.first, other.edtf)

    def __hash__(self) -> int:
        return hash(self.edtf)


@lru_cache(maxsize=4096)
def _parse_date(text: str) -> PartialDate:
    try:
        ends = _SEPARATOR.split(" ".join(text.split()))
        if len(ends) > 2:
            raise ValueError("it has more than two ends")
        return _read_point(text, ends[0]) if len(ends) == 1 else _read_span(text, *ends)
    except ValueError as error:
        value, advice = quote_value(text), _advise(text)
        reason = "" if advice or value in str(error) else f": {error}"
        raise ValueError(f"{value} is not a date{reason} (expected {EXPECTED}{advice})") from None


def _advise(text: str) -> str:
    """How to write what is meant, if that is plain."""
    if text.strip()[:1] in {"“", "”", "„", "‘", "’", "«", "»"}:
        return "; curly quotes are part of the text: remove them"
    if status := _STATUSES.get(text.strip().lower()):
        return f"; leave the date out, and write status: {status}"
    if match := _APPROXIMATE.fullmatch(text.strip()):
        return f"; dates are never approximate: write {match[1] or match[2]}"
    found = ((form.fullmatch(text.strip()), advice) for form, advice in _WRITTEN)
    return next(("; " + advice.format(*(match[0], *match.groups())) for match, advice in found if match), "")


def _read_point(text: str, written: str) -> PartialDate:
    point = _Point.parse(written)
    point.check()
    return PartialDate(text, point.first, point.last, point.edtf, str(point))


def _read_span(text: str, written_start: str, written_end: str) -> PartialDate:
    start = _Point.parse(written_start)
    if written_end.lower() in _OPEN_ENDS:
        start.check()
        shown = _join_ends(str(start), "present")
        return PartialDate(text, start.first, datetime.date.max, f"{start.edtf}/..", shown)
    end = _Point.parse(written_end)
    start, end = start.fill_from(end), replace(end, month=end.fill_from(start).month)
    start.check()
    end.check()
    if start.first > end.last:
        raise ValueError("it ends before it begins")
    return PartialDate(text, start.first, end.last, f"{start.edtf}/{end.edtf}", _show_span(start, end))


def _show_span(start: _Point, end: _Point) -> str:
    """A span that states shared parts once: `May–Aug 2024`, `3–5 Nov 2025`, `30 Nov – 3 Dec 2025`."""
    if start.year != end.year or not start.month or not end.month or bool(start.day) != bool(end.day):
        return _join_ends(str(start), str(end))
    if start.day and start.month == end.month:
        return f"{start.day}–{end}"
    if start.day:
        return _join_ends(_join(start.day, start.name_month()), str(end))
    return f"{start.name_month()}–{end}"


def _join_ends(start: str, end: str) -> str:
    spaced = " " in start or " " in end
    return f"{start} – {end}" if spaced else f"{start}–{end}"


def _join(*parts: object) -> str:
    return " ".join(str(part) for part in parts if part)
