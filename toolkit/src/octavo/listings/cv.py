"""The CV's tables: dated entries, in full or on one line."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import TYPE_CHECKING

from markupsafe import Markup

from octavo.html import Child, element, join
from octavo.listings.dates import time_element
from octavo.listings.links import link_row
from octavo.markdown import render_inline
from octavo.tables.frames import iterate_rows

if TYPE_CHECKING:
    import pandas as pd


def experience_list(experience: pd.DataFrame) -> Markup | None:
    """The rows of `experience`, in their order."""
    return _listing(experience, lambda row: _entry(row, row.organization, row.position, row.unit, row.location))


def education_list(education: pd.DataFrame) -> Markup | None:
    """The rows of `education`, in their order."""
    return _listing(
        education,
        lambda row: _entry(row, join(", ", [row.degree, row.area]), row.institution, note=_thesis(row.thesis)),
    )


def talk_list(talks: pd.DataFrame) -> Markup | None:
    """The rows of `talks`, in their order."""
    return _listing(talks, lambda row: _entry(row, row.title, row.event, row.location))


def teaching_list(teaching: pd.DataFrame) -> Markup | None:
    """The rows of `teaching`, in their order."""
    return _listing(teaching, lambda row: _entry(row, row.title, row.role, row.institution))


def software_list(software: pd.DataFrame) -> Markup | None:
    """The rows of `software`, in their order."""
    return _listing(software, lambda row: _entry(row, row.title, row.language))


def award_list(awards: pd.DataFrame) -> Markup | None:
    """The rows of `awards`, in their order, a line each."""
    return _listing(awards, lambda row: _line(row, row.title, row.awarder), "compact")


def service_list(service: pd.DataFrame) -> Markup | None:
    """The rows of `service`, in their order, a line each."""
    return _listing(service, lambda row: _line(row, row.role, row.organization), "compact")


def _listing(
    frame: pd.DataFrame, component: Callable[[SimpleNamespace], Markup], variant: str = "full"
) -> Markup | None:
    if frame.empty:
        return None
    items = [element("li", component(row), time_element(row.date), id=row.anchor) for row in iterate_rows(frame)]
    return element("ul", items, class_=f"listing dated {variant}")


def _entry(row: SimpleNamespace, title: Child, *details: Child, note: Child = None) -> Markup:
    return element(
        "div",
        element("h3", title),
        element("p", line, class_="details") if (line := join(", ", details)) else None,
        element("p", note, class_="details") if note else None,
        element("p", render_inline(row.text)) if row.text else None,
        link_row(row.links, about=str(title)),
    )


def _line(row: SimpleNamespace, title: str, *details: Child) -> Markup:
    text = render_inline(row.text) if row.text else None
    return element("p", join(" — ", [element("strong", title), join(", ", [*details, text])]))


def _thesis(title: str | None) -> Markup | None:
    return join(": ", ["Thesis", element("cite", title)]) if title else None
