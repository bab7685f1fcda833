"""Edits that add rows, in the file's own order and style."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from octavo.importing.editing.edits import Edit
from octavo.importing.editing.layout import TableText
from octavo.importing.editing.style import Style
from octavo.importing.editing.values import Value, render_flow_row, render_row

NewRow = tuple[int, Mapping[str, Value]]
"""The index of the row before which it goes (their number: at the end), and its fields."""


def add_rows(table: TableText, style: Style, rows: Sequence[NewRow]) -> list[Edit]:
    """One edit for each place where rows are added; those of one place in the order given."""
    grouped: dict[int, list[Mapping[str, Value]]] = {}
    for index, row in rows:
        grouped.setdefault(index, []).append(row)
    if not table.rows:
        return [_fill_empty(table, style, added) for added in grouped.values()]
    if table.is_flow:
        return [_add_to_brackets(table, style, index, added) for index, added in grouped.items()]
    return [_add_lines(table, style, index, added) for index, added in grouped.items()]


def _fill_empty(table: TableText, style: Style, rows: Sequence[Mapping[str, Value]]) -> Edit:
    body = _join(rows, style)
    place = table.source.place
    if table.text[place.start : place.end].startswith("["):
        lead = "" if table.find_column(place.start) == 0 else style.newline
        return Edit(place.start, place.end, lead + body)
    end = len(table.text)
    lead = "" if not table.text or table.text.endswith(("\n", "\r")) else style.newline
    return Edit(end, end, lead + body + style.newline)


def _add_to_brackets(table: TableText, style: Style, index: int, rows: Sequence[Mapping[str, Value]]) -> Edit:
    rendered = [render_flow_row(row, style) for row in rows]
    if index == 0:
        start = table.places[0].start
        return Edit(start, start, "".join(text + style.separator for text in rendered))
    end = table.places[index - 1].end
    return Edit(end, end, "".join(style.separator + text for text in rendered))


def _add_lines(table: TableText, style: Style, index: int, rows: Sequence[Mapping[str, Value]]) -> Edit:
    body, apart = _join(rows, style), style.newline * (style.gap + 1)
    if index == 0:
        start = _find_first_line(table)
        return Edit(start, start, body + apart)
    before = table.places[index - 1]
    if table.keeps_blank_lines(before):  # the blank lines after the row belong to its last text
        lead = "" if table.text.endswith(("\n", "\r")) else style.newline
        end = table.find_line_start(table.find_dash(index)) if index < len(table.places) else len(table.text)
        return Edit(end, end, lead + body + (apart if index < len(table.places) else style.newline))
    end = table.find_line_end(table.find_end(before))
    return Edit(end, end, apart + body)


def _find_first_line(table: TableText) -> int:
    """Where a new first row goes: above the first row's own comment, below the file's header."""
    start = line = table.find_line_start(table.find_dash(0))
    while line > 0:
        above = table.find_line_start(line - 1)
        if not table.text[above:line].lstrip().startswith("#"):
            # a blank line separates the row's comment from the file's header
            return line if not table.text[above:line].strip() and table.text[:above].strip() else start
        line = above
    return start


def _join(rows: Sequence[Mapping[str, Value]], style: Style) -> str:
    return (style.newline * (style.gap + 1)).join(render_row(row, style) for row in rows)
