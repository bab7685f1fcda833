"""Writes a field or a whole row as YAML in the file's style."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from octavo.importing.editing.scalars import choose_form, render_scalar
from octavo.importing.editing.style import FLOW, Style
from octavo.model.catalog import ROWS
from octavo.model.fields import list_fields

_FLAGS = frozenset(name for row in ROWS for name, field in list_fields(row).items() if field.base is bool) | {
    "authors[].equal"
}

Value = str | Sequence[Any] | Mapping[str, Any]
"""A field's value: a text, a list of texts and mappings, or a mapping of texts."""


def set_paths(row: Mapping[str, Any], values: Mapping[str, Value]) -> dict[str, Any]:
    """A row with fields set by name, or by role as `links.code`."""
    changed = dict(row)
    for path, value in values.items():
        name, _, role = path.partition(".")
        known = changed.get(name)
        if role and isinstance(known, list):
            changed[name] = [*known, {"role": role, "url": value}]
        else:
            changed[name] = {**(known or {}), role: value} if role else value
    return changed


def render_field(path: str, value: Value, indent: int, style: Style, *, is_flow: bool = False) -> str:
    """`key: value` without line break at its end; `path` names the field within its row, as `links.code`."""
    key = path.rpartition(".")[2]
    rendered = render_value(path, value, indent, style, is_flow=is_flow)
    return f"{key}:{rendered}" if rendered.startswith(style.newline) else f"{key}: {rendered}"


def render_value(path: str, value: Value, indent: int, style: Style, *, is_flow: bool = False) -> str:
    """What follows the colon of a key in column `indent`; it begins with a line break if it is a block."""
    if isinstance(value, str):
        return render_text(path, value, indent, style, is_flow=is_flow)
    offset = style.collections.get(path, 2)
    if is_flow or offset == FLOW or not value:
        return _render_flow(path, value, style)
    if isinstance(value, Mapping):
        offset = max(offset, 1)
        lines = [render_field(f"{path}.{key}", part, indent + offset, style) for key, part in value.items()]
    else:
        lines = render_items(path, value, indent + offset, style)
    pad = style.newline + " " * (indent + offset)
    return "".join(pad + line for line in lines)


def render_items(path: str, items: Sequence[Any], indent: int, style: Style) -> list[str]:
    """The items of a list whose dashes are in column `indent`, one text each; mappings in braces."""
    return ["- " + render_item(path, item, indent, style) for item in items]


def render_item(path: str, item: Any, indent: int, style: Style, *, is_flow: bool = False) -> str:
    """One item of a list, without its dash."""
    if isinstance(item, str):
        return render_text(f"{path}[]", item, indent, style, is_flow=is_flow)
    return _render_flow(f"{path}[]", item, style)


def render_text(path: str, text: str, indent: int, style: Style, *, is_flow: bool = False) -> str:
    """A text in the style of its field; editors expect flags without quotation marks."""
    if path in _FLAGS and text in ("true", "false"):
        return text
    return render_scalar(text, choose_form(style, path, text), style, indent, is_flow=is_flow)


def render_row(row: Mapping[str, Value], style: Style) -> str:
    """A row with its indentation and dash, without line break at its end."""
    pad = " " * style.indent
    if style.is_flow:
        return f"{pad}{style.dash}{render_flow_row(row, style)}"
    last_line = style.dash.rpartition(style.newline)[2]
    column = len(last_line) + (style.indent if style.newline not in style.dash else 0)
    fields = [render_field(key, row[key], column, style) for key in sort_keys(row, style)]
    return pad + style.dash + (style.newline + " " * column).join(fields)


def render_flow_row(row: Mapping[str, Value], style: Style) -> str:
    """A row in braces."""
    return "{" + ", ".join(render_field(key, row[key], 0, style, is_flow=True) for key in sort_keys(row, style)) + "}"


def sort_keys(row: Mapping[str, Any], style: Style) -> list[str]:
    """A row's keys in the file's order."""
    ranks = {key: rank for rank, key in enumerate(style.order)}
    return sorted(row, key=lambda key: ranks.get(key, len(ranks)))


def _render_flow(path: str, value: Any, style: Style) -> str:
    if isinstance(value, str):
        return render_text(path, value, 0, style, is_flow=True)
    if isinstance(value, Mapping):
        return (
            "{"
            + ", ".join(render_field(f"{path}.{key}", part, 0, style, is_flow=True) for key, part in value.items())
            + "}"
        )
    return "[" + ", ".join(render_item(path, item, 0, style, is_flow=True) for item in value) + "]"
