"""Dates as Quarto reads them in a page's front matter."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

KEYS = ("date", "date-modified")
# What Quarto reads, the month before the day where both are numbers.
_FORMATS = ("%Y-%m-%d", "%Y/%m/%d", "%m/%d/%Y", "%m-%d-%Y", "%B %d, %Y", "%b %d, %Y", "%d %B %Y", "%d %b %Y")


def read_date(value: Any, file: Path) -> str | None:
    """The date as `2025-11-03`, or None where it isn't a whole one.

    `today` is a date, too, and so is `last-modified`, when the page's `file` was.
    """
    text = str(value)
    if text in ("today", "now"):
        return date.today().isoformat()
    if text == "last-modified":
        return date.fromtimestamp(file.stat().st_mtime).isoformat()
    for form in _FORMATS:
        try:
            return datetime.strptime(text, form).date().isoformat()
        except ValueError:
            continue
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return (moment.astimezone() if moment.tzinfo else moment).date().isoformat()


def describe_date_fault(key: str, value: Any) -> str:
    """The message for a date that isn't a whole one."""
    return f"`{key}: {value}` isn't a day, and Quarto would make one up; write it as 2025-11-03"
