"""Dates in the current language, where it isn't English, as CLDR writes them: `Nov. 2025`, `3.–5. Nov. 2025`."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from functools import lru_cache

from octavo.language.current import current_language
from octavo.language.keys import Word
from octavo.language.words import find_locale, write_word

# CLDR's names for dates that are known to the month and to the day.
_SKELETONS = {2: "yMMM", 3: "yMMMd"}
# EDTF's numbers.
_SEASONS: Mapping[int, Word] = {21: "date-spring", 22: "date-summer", 23: "date-autumn", 24: "date-winter"}
# CLDR puts thin spaces around dashes, which not every font has.
_THIN = re.compile("[\u2009\u202f]")


def write_date(edtf: str, english: str) -> str:
    """A date in EDTF, as `2025-11`, `2025-22`, `2018/2020`, or `2024/..`; `english` is how it is written in English."""
    if find_locale() is None:
        return english
    return _write_date(edtf, current_language())


@lru_cache(maxsize=4096)
def _write_date(edtf: str, _: str) -> str:
    start, _, end = edtf.partition("/")
    if end == "..":
        return write_word("date-ongoing", start=_write_point(start))
    if not end:
        return _write_point(start)
    return _THIN.sub(" ", _write_span(start, end))


def _write_span(start: str, end: str) -> str:
    parts, ends = _split(start), _split(end)
    if len(parts) != len(ends) or len(parts) == 1 or _is_season(parts) or _is_season(ends):
        dash = "–" if len(parts) == len(ends) == 1 else " – "
        return f"{_write_point(start)}{dash}{_write_point(end)}"
    from babel.dates import format_interval  # only where it isn't English: it takes 30 ms

    return format_interval(_make_day(parts), _make_day(ends), _SKELETONS[len(parts)], locale=find_locale())


def _write_point(edtf: str) -> str:
    parts = _split(edtf)
    if len(parts) == 1:
        return edtf
    if _is_season(parts):
        return write_word(_SEASONS[parts[1]], year=parts[0])
    from babel.dates import format_skeleton

    return _THIN.sub(" ", format_skeleton(_SKELETONS[len(parts)], _make_day(parts), locale=find_locale()))


def _split(edtf: str) -> list[int]:
    return [int(part) for part in edtf.split("-")]


def _is_season(parts: list[int]) -> bool:
    return parts[1:2] != [] and parts[1] in _SEASONS


def _make_day(parts: list[int]) -> datetime.date:
    return datetime.date(*parts, *[1] * (3 - len(parts)))
