"""Research: the projects."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING

from markupsafe import Markup

from octavo.html import element
from octavo.listings.links import link_row
from octavo.listings.publications import status_element
from octavo.markdown import render_inline
from octavo.tables.frames import iterate_rows

if TYPE_CHECKING:
    import pandas as pd


def research_list(research: pd.DataFrame) -> Markup | None:
    """The rows of `research`, in their order."""
    if research.empty:
        return None
    return element("ul", [research_item(row) for row in iterate_rows(research)], class_="listing research")


def research_item(row: SimpleNamespace) -> Markup:
    """One project: title, what it is about, its status and links."""
    return element(
        "li",
        element("h3", row.title),
        element("p", render_inline(row.text)) if row.text else None,
        element("p", status_element(row.status), class_="venue") if row.status else None,
        link_row(row.links, about=row.title),
        id=row.anchor,
    )
