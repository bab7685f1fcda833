"""Parts: what several listings share: a date, a section, a BibTeX entry, and links to neighbors."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from markupsafe import Markup

from octavo.html import element
from octavo.language.keys import Word
from octavo.language.words import write_label, write_word
from octavo.model.dates import PartialDate

# Dates that EDTF and HTML's `datetime` can express: a year, a month, a day; HTML has no seasons (EDTF's 21 to 24).
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


def group_section(heading: str, identifier: str, content: Markup | None) -> Markup:
    """A section as Pandoc writes it for a level-2 heading, so that both look the same."""
    return element("section", element("h2", heading), content, id=identifier, class_="level2")


def bibtex_block(entry: str) -> Markup:
    """The entry and a button that copies it; the script that makes the button work also shows it."""
    return element(
        "div",
        element("pre", element("code", entry.strip())),
        element("button", write_word("copy-button-tooltip"), type="button", class_="copy", hidden=True),
        class_="bibtex",
    )


class Neighbor(NamedTuple):
    """The page before or after."""

    title: Markup
    address: str
    """From the site's root."""


def pager(name: str, previous: Neighbor | None, following: Neighbor | None, **attributes: bool) -> Markup | None:
    """Links to the neighbors among pages of this name; None if there is none."""
    if previous is None and following is None:
        return None
    links = [
        element("a", write_label(write_word(word)), element("cite", page.title), href=page.address, rel=rel)
        for word, rel, page in _list_sides(previous, following)
        if page is not None
    ]
    return element("nav", links, class_="pager", aria_label=name, **attributes)


def _list_sides(previous: Neighbor | None, following: Neighbor | None) -> Sequence[tuple[Word, str, Neighbor | None]]:
    return ("previous", "prev", previous), ("next", "next", following)
