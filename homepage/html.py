"""Elements: the one way in which this package makes HTML.

Text is escaped; only `Markup` is taken as HTML. Addresses come from the tables, whose schema has
checked their scheme (`homepage.addresses`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import TypeAlias

from markupsafe import Markup, escape

Child: TypeAlias = "str | Markup | Iterable[Child] | None"
Attribute: TypeAlias = str | int | bool | None

_find_special = re.compile("[&<>\"']").search

VOID = frozenset({"br", "hr", "img", "input", "link", "meta", "wbr"})


def element(tag: str, *children: Child, **attributes: Attribute) -> Markup:
    """One element; `class_` and `data_x` become `class` and `data-x`.

    An attribute that is None or False is left out, one that is True has no value; so is a child that
    is None. Children may be nested lists.
    """
    opening = f"<{tag}{''.join([_attribute(name, value) for name, value in attributes.items()])}>"
    if tag in VOID:
        return Markup(opening)  # noqa: S704  every part of it is escaped
    return Markup(f"{opening}{_content(children)}</{tag}>")  # noqa: S704


def join(separator: str, parts: Iterable[Child]) -> Markup:
    """The parts that are not empty, with the separator between them."""
    return Markup(str(escape(separator)).join([text for part in parts if (text := _content([part]))]))  # noqa: S704


def _attribute(name: str, value: Attribute) -> str:
    if value is None or value is False:
        return ""
    if value is True:
        return f" {_name_attribute(name)}"
    return f' {_name_attribute(name)}="{_escape(value if isinstance(value, str) else str(value))}"'


@lru_cache(maxsize=1024)
def _name_attribute(name: str) -> str:
    return name.rstrip("_").replace("_", "-")


def _content(children: Iterable[Child]) -> str:
    return "".join(
        [_escape(child) if isinstance(child, str) else _content(child) for child in children if child is not None]
    )


def _escape(text: str) -> str:
    # Most texts have nothing to escape; to do it all the same would make a copy of each, and slowly.
    return text if isinstance(text, Markup) or not _find_special(text) else escape(text)
