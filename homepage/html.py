"""Elements: the one way in which this package makes HTML.

Text is escaped; only `Markup` is taken as HTML. Addresses come from the tables, whose schema has
checked their scheme (`homepage.addresses`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TypeAlias

from markupsafe import Markup, escape

Child: TypeAlias = "str | Markup | Iterable[Child] | None"
Attribute: TypeAlias = str | int | bool | None

# Most texts have none of these; to escape them all the same would make a copy of each, and slowly.
_find_special = re.compile("[&<>\"']").search

VOID = frozenset({"br", "hr", "img", "input", "link", "meta", "wbr"})


def element(tag: str, *children: Child, **attributes: Attribute) -> Markup:
    """One element; `class_` and `data_x` become `class` and `data-x`.

    An attribute that is None or False is left out, one that is True has no value; so is a child that
    is None. Children may be nested lists.
    """
    opening = f"<{tag}{''.join(map(_attribute, attributes.items()))}>"
    if tag in VOID:
        return Markup(opening)  # noqa: S704  every part of it is escaped
    return Markup(f"{opening}{_content(children)}</{tag}>")  # noqa: S704


def join(separator: str, parts: Iterable[Child]) -> Markup:
    """The parts that are not empty, with the separator between them."""
    return Markup(str(escape(separator)).join([text for part in parts if (text := _content([part]))]))  # noqa: S704


def _attribute(item: tuple[str, Attribute]) -> str:
    name, value = item
    if value is None or value is False:
        return ""
    name = name.rstrip("_").replace("_", "-")
    return f" {name}" if value is True else f' {name}="{_escape(value if isinstance(value, str) else str(value))}"'


def _content(children: Iterable[Child]) -> str:
    return "".join([_child_content(child) for child in children if child is not None])


def _child_content(child: str | Iterable[Child]) -> str:
    if isinstance(child, Markup):
        return child
    return _escape(child) if isinstance(child, str) else _content(child)


def _escape(text: str) -> str:
    return escape(text) if _find_special(text) else text
