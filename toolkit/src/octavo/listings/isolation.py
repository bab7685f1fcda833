"""Isolation: keeps data that run against their line from reordering their neighbors."""

from __future__ import annotations

from markupsafe import Markup

from octavo.html import element
from octavo.language.direction import Direction, has_other_direction


def isolate(data: str, direction: Direction) -> str:
    """The data, isolated in its own direction if any of its letters run against the line's.

    In a line from right to left, `E. Noether*, E. Artin` would otherwise have the mark at the wrong end, and
    `Math. Ann. 83, 24–66` the numbers in the wrong order.
    """
    text = data.striptags() if isinstance(data, Markup) else data
    return element("bdi", data) if has_other_direction(text, direction) else data
