"""The edit of a whole table: fields changed, rows added, and a proof that nothing else became different."""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from octavo.importing.editing.edits import Edit, apply_edits, sort_edits
from octavo.importing.editing.fields import FieldEditor
from octavo.importing.editing.layout import TableText, UneditableError
from octavo.importing.editing.rows import NewRow, add_rows
from octavo.importing.editing.style import Style
from octavo.importing.editing.values import Value
from octavo.tables.source import parse_source

Changes = Mapping[int, Mapping[str, Value]]
"""New values by row and field."""


@dataclass
class EditedTable:
    """What came of it: the edits that were made, and why others couldn't be."""

    text: str
    edits: list[Edit]
    refused: dict[int, str]
    """Why a row's fields had to stay, by row."""


def edit_table(table: TableText, style: Style, changes: Changes, rows: Sequence[NewRow]) -> EditedTable:
    """Make the edits, parse the rows that they touch, and leave out those that read otherwise than they should."""
    refused: dict[int, str] = {}
    by_row = _make_edits(table, style, changes, refused)
    for index in _find_misread(table, changes, by_row):
        del by_row[index]
        refused[index] = "it is written in a way that can't be edited without a person; edit it by hand"
    edits = [edit for made in by_row.values() for edit in made] + add_rows(table, style, rows)
    edited = EditedTable(apply_edits(table.text, edits), sort_edits(edits), refused)
    _check_new_rows(table, style, rows)
    return edited


def _make_edits(table: TableText, style: Style, changes: Changes, refused: dict[int, str]) -> dict[int, list[Edit]]:
    editor = FieldEditor(table, style)
    by_row: dict[int, list[Edit]] = {}
    for index, values in changes.items():
        try:
            by_row[index] = editor.set_fields(index, values)
        except UneditableError as error:
            refused[index] = str(error)
    return by_row


def _find_misread(table: TableText, changes: Changes, by_row: Mapping[int, list[Edit]]) -> list[int]:
    """The rows that, edited, don't hold what they should; all are parsed at once, and singly only if one is wrong."""
    if not by_row:
        return []
    expected = {index: _expect(table.rows[index], changes[index]) for index in by_row}
    if not table.is_flow:
        together = table.newline.join(_cut_row(table, index, edits) for index, edits in by_row.items())
        if _read(together) == list(expected.values()):
            return []
    return [index for index, edits in by_row.items() if _read_row(table, index, edits) != expected[index]]


def _cut_row(table: TableText, index: int, edits: Sequence[Edit]) -> str:
    """The lines of a row, edited."""
    start, place = table.find_line_start(table.find_dash(index)), table.places[index]
    end = place.end if table.keeps_blank_lines(place) else table.find_line_end(table.find_end(place))
    moved = [Edit(edit.start - start, edit.end - start, edit.text) for edit in edits]
    return apply_edits(table.text[start:end], moved)


def _read_row(table: TableText, index: int, edits: Sequence[Edit]) -> Any:
    """A row as it reads within the whole edited text, on which its anchors and brackets may depend."""
    rows = _read(apply_edits(table.text, edits))
    others = [_tidy(row) for row in table.rows]
    if not isinstance(rows, list) or len(rows) != len(others):
        return None
    return rows[index] if rows[:index] + rows[index + 1 :] == others[:index] + others[index + 1 :] else None


def _check_new_rows(table: TableText, style: Style, rows: Sequence[NewRow]) -> None:
    """Our own mistake if it fails, since new rows stand in no one's way of writing."""
    alone = TableText(parse_source(b"[]", ""), has_mark=False)
    plain = Style(**{**vars(style), "is_flow": style.is_flow or table.is_flow})
    text = apply_edits("[]", add_rows(alone, plain, [(0, row) for _, row in rows]))
    if rows and _read(text) != [_tidy(row) for _, row in rows]:
        raise AssertionError("the new rows read otherwise than they should")


def _expect(row: Mapping[str, Any], values: Mapping[str, Value]) -> Any:
    expected = copy.deepcopy(dict(row))
    for path, value in values.items():
        name, _, role = path.partition(".")
        if role:
            expected[name] = {**(expected.get(name) or {}), role: value}
        else:
            expected[name] = value
    return _tidy(expected)


def _read(text: str) -> Any:
    source = parse_source(text.encode(), "")
    return None if source.problems else _tidy(source.data)


def _tidy(data: Any) -> Any:
    """Data as it is compared: texts without blanks around them, which tables don't heed."""
    if isinstance(data, str):
        return data.strip()
    if isinstance(data, Mapping):
        return {key: _tidy(part) for key, part in data.items()}
    return [_tidy(part) for part in data] if isinstance(data, Sequence) else data
