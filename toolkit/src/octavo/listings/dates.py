"""Dates: how a partial date is marked up."""

from __future__ import annotations

import re

from markupsafe import Markup

from octavo.html import element
from octavo.model.dates import PartialDate

# What both EDTF and HTML's `datetime` can express: a year, a month, a day; HTML has no seasons (EDTF's 21 to 24).
_HTML_DATE = re.compile(r"[0-9]{4}(-(0[1-9]|1[0-2])(-[0-9]{2})?)?")


def time_element(date: PartialDate | None, role: str = "") -> Markup | None:
    """The date in the page's language, with a `datetime` if HTML can express it (a year, a month, or a day).

    `role` is a class for programs that read the `datetime`.
    """
    if date is None:
        return None
    if not _HTML_DATE.fullmatch(date.edtf):
        return element("span", date.shown, class_="date")
    return element("time", date.shown, class_=f"date {role}".strip(), datetime=date.edtf)
