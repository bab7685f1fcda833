"""Drafts of tables: the text that a plan would write."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from octavo.errors import OctavoError, Problem
from octavo.importing.editing.layout import TableText
from octavo.importing.editing.rows import NewRow
from octavo.importing.editing.table import Changes, EditedTable, edit_table
from octavo.importing.planning import Plan
from octavo.model.catalog import TABLES
from octavo.model.fields import list_fields
from octavo.tables.data_folder import DataFolder, read_data_folder


def read_valid_folder(data: Path) -> DataFolder:
    """Read the tables, which must pass their checks.

    Raises:
        OctavoError: with their errors.
    """
    folder = read_data_folder(data)
    errors = [problem for problem in folder.list_problems() if problem.severity == "error"]
    if errors:
        raise OctavoError("\n".join(map(str, errors)) + "\nfix the tables first; nothing was imported")
    return folder


def draft_table(table: TableText, name: str, changes: Changes, rows: Sequence[NewRow]) -> EditedTable:
    """A table's text after changes; nothing is written."""
    return edit_table(table, list(list_fields(TABLES[name])), changes, rows)


def draft_plan(table: TableText, plan: Plan) -> EditedTable:
    """The publications table after the plan; changes that can't be made move from the plan to its problems."""
    changes = {index: dict(change.edit for change in row) for index, row in plan.changes.items()}
    rows = [(addition.index, addition.make_row()) for addition in plan.additions]
    draft = draft_table(table, "publications", changes, rows)
    for index, reason in draft.refused.items():
        refused = plan.changes.pop(index)
        line, column = table.source.locate(table.places[index].start)
        message = f"{', '.join(change.name for change in refused)}: {reason}"
        plan.refuse(refused[0].row, refused, Problem(table.source.path, line, column, message))
    return draft
