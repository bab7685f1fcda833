"""Foreign texts: how screen readers, search engines, and hyphenation learn that a text isn't in the page's language."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypedDict

from markupsafe import Markup

from octavo.html import element
from octavo.language.direction import Direction, current_direction, find_direction
from octavo.model.texts import Text


class Attributes(TypedDict, total=False):
    """Attributes of an element that holds a text in another language."""

    lang: str
    dir: Direction


def name_language(text: str | None) -> Attributes:
    """`lang` of a row's text, if it is in another language than the page, and `dir`, if it runs the other way."""
    if not isinstance(text, Text):
        return {}
    direction = find_direction(text.language)
    return {"lang": text.language} if direction == current_direction() else {"lang": text.language, "dir": direction}


def mark(text: str | None, render: Callable[[str], Markup] = Markup.escape) -> Markup:
    """A row's text, in an element of its own if it is in another language than the page; empty if there is none.

    A paragraph of such a text stays one of the page, whose margins are where those of its neighbors are.
    """
    if not text:
        return Markup("")
    attributes = name_language(text)
    return element("span", render(text), **attributes) if attributes else render(text)
