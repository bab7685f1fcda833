"""Edits of single fields: replaces a value or adds a field, and changes no other byte."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from octavo.importing.editing.edits import Edit
from octavo.importing.editing.layout import TableText, UneditableError, list_parts
from octavo.importing.editing.scalars import render_scalar
from octavo.importing.editing.style import Style
from octavo.importing.editing.values import Value, render_field, render_item, render_items, render_value
from octavo.model.links import find_address
from octavo.model.vocabulary import LINK_ROLES
from octavo.tables.composition import Place

_HEADER = re.compile(r"[|>][0-9+-]*")


class FieldEditor:
    """Makes the edits of one table's rows in its style."""

    def __init__(self, table: TableText, style: Style) -> None:
        self._table = table
        self._text = table.text
        self._style = style

    def set_fields(self, index: int, values: Mapping[str, Value]) -> list[Edit]:
        """The edits that give a row's fields values, by name, or by role as `links.code`.

        Raises:
            UneditableError: if more than the fields would have to be changed.
        """
        order = (*self._style.order, *(f"links.{role}" for role in LINK_ROLES))
        ranks = {path: rank for rank, path in enumerate(order)}
        grouped: dict[str, Value] = {}
        for path in sorted(values, key=lambda path: ranks.get(path, len(ranks))):
            name, _, role = path.partition(".")
            if role and not self._table.rows[index].get(name):  # collect new parts into one new mapping
                known = grouped.get(name)
                grouped[name] = {**(known if isinstance(known, Mapping) else {}), role: values[path]}
            else:
                grouped[path] = values[path]
        paths = sorted(grouped, key=lambda path: ranks.get(path, len(ranks)))
        return [edit for path in paths for edit in self._set_field(index, path, grouped[path])]

    def _set_field(self, index: int, path: str, value: Value) -> list[Edit]:
        name, _, role = path.partition(".")
        row, place = self._table.rows[index], self._table.places[index]
        if not role:
            return self._set_in_mapping(row, place, "", name, value, self._style.order)
        inner = _get_part(place, name)
        if isinstance(row[name], list) and find_address(row[name], role) is None:
            items = [*row[name], {"role": role, "url": value}]
            return self._set_in_mapping(row, place, "", name, items, self._style.order)
        if not isinstance(row[name], dict):
            raise UneditableError(f"{name} holds another type of value; edit it by hand")
        self._refuse_anchor(inner)
        return self._set_in_mapping(row[name], inner, f"{name}.", role, value, LINK_ROLES)

    def _set_in_mapping(
        self, data: Mapping[str, Any], place: Place, prefix: str, key: str, value: Value, order: Sequence[str]
    ) -> list[Edit]:
        self._refuse_alias(place)
        start = self._table.skip_properties(place.start)
        is_flow = self._text[start] == "{"
        if key in data:
            column = self._table.find_column(_get_key(place, key).start)
            return self._replace(f"{prefix}{key}", data[key], _get_part(place, key), value, column, is_flow=is_flow)
        before = _find_neighbour(list(data), key, order)
        if is_flow:
            return [self._add_to_flow(place, prefix + key, value, before)]
        return [self._add_to_block(place, prefix + key, value, before)]

    def _add_to_flow(self, place: Place, path: str, value: Value, before: str | None) -> Edit:
        rendered = render_field(path, value, 0, self._style, is_flow=True)
        if not place.parts:
            return Edit(place.start + 1, place.start + 1, rendered)
        if before is None:
            start = _get_first_key(place).start
            return Edit(start, start, f"{rendered}, ")
        end = max(_get_key(place, before).end, _get_part(place, before).end)
        return Edit(end, end, f", {rendered}")

    def _add_to_block(self, place: Place, path: str, value: Value, before: str | None) -> Edit:
        newline = self._style.newline
        column = self._table.find_column(_get_first_key(place).start)
        rendered = render_field(path, value, column, self._style)
        if before is None:
            start = _get_first_key(place).start
            return Edit(start, start, f"{rendered}{newline}{' ' * column}")
        neighbour = _get_part(place, before)
        if self._table.keeps_blank_lines(neighbour):
            return Edit(neighbour.end, neighbour.end, f"{' ' * column}{rendered}{newline}")
        end = self._table.find_line_end(max(_get_key(place, before).end, self._table.find_end(neighbour)))
        return Edit(end, end, f"{newline}{' ' * column}{rendered}")

    def _replace(self, path: str, old: Any, place: Place, new: Value, column: int, *, is_flow: bool) -> list[Edit]:
        self._refuse_anchor(place)
        if old is None:
            rendered = render_value(path, new, column, self._style, is_flow=is_flow)
            behind = self._text[place.end : self._table.find_line_end(place.end)]
            if isinstance(new, str) and rendered[0] in "|>" and "#" in behind:
                # a block would swallow the comment after it
                rendered = render_scalar(new, self._style.quote, self._style, column)
            # `~` and `null` have a position of their own; an empty value comes right after the colon
            blank = "" if rendered.startswith(self._style.newline) else " "
            start = place.start - len(self._text[: place.start]) + len(self._text[: place.start].rstrip(" "))
            return [Edit(start, place.end, blank + rendered)]
        if isinstance(old, str) and isinstance(new, str):
            return [
                Edit(place.start, self._table.find_end(place), self._render_like(place, path, new, column, is_flow))
            ]
        if isinstance(old, list) and not isinstance(new, str | Mapping):
            return self._replace_list(path, old, place, new, column, is_flow=is_flow)
        raise UneditableError(f"{path} holds another type of value; edit it by hand")

    def _render_like(self, place: Place, path: str, text: str, column: int, is_flow: bool) -> str:
        """Text in the style of the text that it replaces."""
        start = self._text[place.start]
        header = _HEADER.match(self._text, place.start)
        if header is None:
            return render_scalar(text, start if start in "'\"" else "", self._style, column, is_flow=is_flow)
        # drop the old text's indentation indicator, keep a comment after the header
        style, comment = (
            re.sub("[0-9]", "", header[0]),
            self._text[header.end() : self._table.find_line_end(place.start)],
        )
        rendered = render_scalar(text, style, self._style, column, is_flow=is_flow)
        if not comment.strip():
            return rendered
        if not rendered.startswith(style):
            raise UneditableError(f"{path} has a comment inside, which would be lost; edit it by hand")
        return style + comment + rendered.removeprefix(style)

    def _replace_list(
        self, path: str, old: list[Any], place: Place, new: Sequence[Any], column: int, *, is_flow: bool
    ) -> list[Edit]:
        parts = [part for _, part in list_parts(place)]
        in_brackets = self._text[place.start] == "["
        if len(old) == len(new):
            pairs = enumerate(zip(old, new, strict=True))
            return [self._replace_item(path, parts[i], item, in_brackets) for i, (was, item) in pairs if was != item]
        end = self._table.find_end(place)
        if self._has_comment(place.start, end if in_brackets else self._table.find_line_end(end), parts):
            raise UneditableError(f"{path} has a comment inside, which would be lost; edit it by hand")
        if in_brackets:
            items = ", ".join(render_item(path, item, 0, self._style, is_flow=True) for item in new)
            return [Edit(place.start, end, f"[{items}]")]
        indent = self._table.find_column(place.start)
        lines = render_items(path, new, indent, self._style)
        return [Edit(place.start, end, (self._style.newline + " " * indent).join(lines))]

    def _replace_item(self, path: str, place: Place, item: Any, in_brackets: bool) -> Edit:
        self._refuse_anchor(place)
        end = self._table.find_end(place)
        if self._has_comment(place.start, end, _list_leaves(place)):
            raise UneditableError(f"{path} has a comment inside, which would be lost; edit it by hand")
        column = self._table.find_column(place.start)
        if isinstance(item, str) and not place.parts:
            rendered = self._render_like(place, path, item, max(column - 2, 0), in_brackets)
        else:
            rendered = render_item(path, item, column, self._style, is_flow=in_brackets)
        return Edit(place.start, end, rendered)

    def _has_comment(self, start: int, end: int, leaves: Sequence[Place]) -> bool:
        """Whether there is a `#` between the values in a range."""
        position = start
        for leaf in leaves:
            if "#" in self._text[position : leaf.start]:
                return True
            position = max(position, self._table.find_end(leaf))
        return "#" in self._text[position:end]

    def _refuse_alias(self, place: Place) -> None:
        if self._text[place.start] == "*":
            raise UneditableError("it is a YAML alias, so other values would change too; edit it by hand")

    def _refuse_anchor(self, place: Place) -> None:
        for part in (place, *_list_leaves(place)):
            if part.start < part.end and self._text[part.start] in "*&":
                raise UneditableError(
                    "it has a YAML anchor or alias, so other values would change too; edit it by hand"
                )


def _list_leaves(place: Place) -> list[Place]:
    """The scalars within a value, keys among them, in the file's order."""
    leaves: list[Place] = []
    for key, part in list_parts(place):
        leaves += ([key] if key else []) + (_list_leaves(part) or [part])
    return leaves


def _get_part(place: Place, key: str) -> Place:
    part = place.get_part(key)
    assert part is not None, f"the mapping has the key {key!r}"  # noqa: S101
    return part


def _get_key(place: Place, key: str) -> Place:
    name = place.get_key(key)
    assert name is not None, f"the mapping has the key {key!r}"  # noqa: S101
    return name


def _get_first_key(place: Place) -> Place:
    return next(iter((place.keys or {}).values()))


def _find_neighbour(keys: Sequence[str], key: str, order: Sequence[str]) -> str | None:
    """The key of a mapping after which a new one belongs; None if it belongs first."""
    ranks = {known: rank for rank, known in enumerate(order)}
    rank = ranks.get(key, len(ranks))
    before = [known for known in keys if ranks.get(known, len(ranks)) < rank]
    return before[-1] if before else None
