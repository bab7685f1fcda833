"""Edits a whole table: changes fields, adds rows, and proves that nothing else has changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from octavo.errors import DataError
from octavo.importing.editing.edits import Edit, apply_edits, make_diff, sort_edits
from octavo.importing.editing.fields import FieldEditor
from octavo.importing.editing.layout import TableText, UneditableError, read_table_text
from octavo.importing.editing.rows import NewRow, add_rows
from octavo.importing.editing.style import Style, learn_style
from octavo.importing.editing.values import Value, set_paths

Changes = Mapping[int, Mapping[str, Value]]
"""New values by row and field."""


@dataclass
class EditedTable:
    """The table's text with the edits that were made, and why others couldn't be."""

    table: TableText
    text: str
    edits: list[Edit]
    refused: dict[int, str]
    """Why a row's fields had to stay, by row."""

    @property
    def content(self) -> bytes:
        """The file's bytes."""
        return self.table.encode(self.text)

    def make_diff(self) -> Iterator[str]:
        """The unified diff, line by line."""
        return make_diff(self.table.text, self.edits, self.table.source.path)


def edit_table(table: TableText, fields: Sequence[str], changes: Changes, rows: Sequence[NewRow]) -> EditedTable:
    """Make the edits in the table's own style, read the text again, and drop the edits that don't read as they should.

    Args:
        table: The table.
        fields: All fields of its rows, in the order in which new ones go.
        changes: New values.
        rows: New rows.
    """
    if not changes and not rows:
        return EditedTable(table, table.text, [], {})
    style = learn_style(table, fields)
    refused: dict[int, str] = {}
    by_row = _make_edits(table, style, changes, refused)
    added = add_rows(table, style, rows)
    edited = _apply(table, by_row, added, refused)
    if _read(edited.text) != _expect_rows(table, by_row, changes, rows):
        for index in [index for index in by_row if not _reads_well(table, index, by_row, changes)]:
            del by_row[index]
            refused[index] = "its YAML is too unusual to edit automatically; edit it by hand"
        edited = _apply(table, by_row, added, refused)
        if _read(edited.text) != _expect_rows(table, by_row, changes, rows):
            raise AssertionError("the new rows wouldn't be read back correctly")
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


def _apply(
    table: TableText, by_row: Mapping[int, list[Edit]], added: list[Edit], refused: dict[int, str]
) -> EditedTable:
    edits = [edit for made in by_row.values() for edit in made] + added
    return EditedTable(table, apply_edits(table.text, edits), sort_edits(edits), refused)


def _reads_well(table: TableText, index: int, by_row: Mapping[int, list[Edit]], changes: Changes) -> bool:
    """Whether one row's edits do what they should and don't affect other rows, as anchors and brackets can."""
    alone = {index: by_row[index]}
    return bool(_read(_apply(table, alone, [], {}).text) == _expect_rows(table, alone, changes, []))


def _expect_rows(table: TableText, edited: Iterable[int], changes: Changes, rows: Sequence[NewRow]) -> list[Any]:
    """The rows as they should read, the new ones in their places."""
    expected = [_tidy(row) for row in table.rows]
    for index in edited:
        expected[index] = _tidy(set_paths(table.rows[index], changes[index]))
    for shift, (place, row) in enumerate(sorted(rows, key=lambda pair: pair[0])):
        expected.insert(place + shift, _tidy(row))
    return expected


def _read(text: str) -> list[Any] | None:
    try:
        return [_tidy(row) for row in read_table_text(text.encode(), "").rows]
    except DataError:
        return None


def _tidy(data: Any) -> Any:
    """Data for comparison: tables ignore spaces around texts."""
    if isinstance(data, str):
        return data.strip()
    if isinstance(data, Mapping):
        return {key: _tidy(part) for key, part in data.items()}
    return [_tidy(part) for part in data] if isinstance(data, Sequence) else data
