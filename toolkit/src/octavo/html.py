"""Elements: the only way in which this package makes HTML.

Text is escaped; only `Markup` is taken as HTML. Addresses come from the tables, whose schema has
checked their scheme (`octavo.model.addresses`).
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from functools import partial
from typing import TypeAlias

from markupsafe import Markup, escape

Child: TypeAlias = "str | Markup | Iterable[Child] | None"
Attribute: TypeAlias = str | int | bool | None

_find_special = re.compile("[&<>\"']").search
# Like `Markup(text)`, but without looking for an `__html__` method.
_mark: Callable[[str], Markup] = partial(str.__new__, Markup)

VOID = frozenset({"br", "hr", "img", "input", "link", "meta", "source", "wbr"})


class _Names(dict[str, str]):
    """The names of attributes in HTML by their names in Python."""

    def __missing__(self, name: str) -> str:
        self[name] = name.rstrip("_").replace("_", "-")
        return self[name]


_names = _Names()


def element(tag: str, *children: Child, **attributes: Attribute) -> Markup:
    """One element; `class_` and `data_x` become `class` and `data-x`.

    An attribute that is None or False is left out, as is a child that is None; one that is True has no value. Children
    may be nested lists.
    """
    parts = ["<", tag]
    for name, value in attributes.items():
        if value is None or value is False:
            continue
        if value is True:
            parts.append(f" {_names[name]}")
        else:
            parts.append(f' {_names[name]}="{_escape(value if isinstance(value, str) else str(value))}"')
    parts.append(">")
    if tag not in VOID:
        _add(parts, children)
        parts.append(f"</{tag}>")
    return _mark("".join(parts))


def data_block(data: object, kind: str, **attributes: Attribute) -> Markup:
    """A script element with data, which the Content-Security-Policy allows; nothing in the data can end the element."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return element("script", _mark(text), type=kind, **attributes)


def join(separator: str, parts: Iterable[Child]) -> Markup:
    """The parts that are not empty, with the separator between them."""
    return _mark(str(escape(separator)).join([text for part in parts if (text := _write(part))]))


def _write(child: Child) -> str:
    if isinstance(child, str):
        return _escape(child)
    parts: list[str] = []
    _add(parts, [child])
    return "".join(parts)


def _add(parts: list[str], children: Iterable[Child]) -> None:
    for child in children:
        if isinstance(child, str):
            parts.append(_escape(child))
        elif child is not None:
            _add(parts, child)


def _escape(text: str) -> str:
    # Most texts contain nothing to escape, and escaping makes a slow copy.
    return text if isinstance(text, Markup) or not _find_special(text) else escape(text)
