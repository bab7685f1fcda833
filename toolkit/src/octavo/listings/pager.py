"""The pager: links to the pages before and after this one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from markupsafe import Markup

from octavo.html import element
from octavo.language.keys import Word
from octavo.language.words import write_label, write_word


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
