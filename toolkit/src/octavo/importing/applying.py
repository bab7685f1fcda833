"""Carries out a plan: edits the table's text, and writes and checks both files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from octavo.errors import OctavoError, Problem
from octavo.importing.describing import Offer
from octavo.importing.editing.diff import make_diff
from octavo.importing.editing.layout import TableText
from octavo.importing.editing.rows import NewRow
from octavo.importing.editing.style import learn_style
from octavo.importing.editing.table import Changes, EditedTable, edit_table
from octavo.importing.planning import Plan
from octavo.importing.provenance import Origin, Provenance
from octavo.importing.storage import Storage
from octavo.model.catalog import TABLES
from octavo.model.fields import list_fields
from octavo.tables.data_folder import DataFolder, read_data_folder
from octavo.tables.rows import check_tables


@dataclass(frozen=True)
class Draft:
    """A table as it would be written."""

    table: TableText
    edited: EditedTable

    @property
    def content(self) -> bytes:
        """The file's bytes."""
        return self.table.encode(self.edited.text)

    def make_diff(self) -> Iterator[str]:
        """The unified diff, line by line."""
        return make_diff(self.table.text, self.edited.edits, self.table.source.path)


def read_valid_folder(data: Path) -> DataFolder:
    """The tables, if they pass their checks.

    Raises:
        OctavoError: with their errors.
    """
    folder = read_data_folder(data)
    errors = [problem for problem in folder.list_problems() if problem.severity == "error"]
    if errors:
        raise OctavoError("\n".join(map(str, errors)) + "\nfix the tables first; nothing was imported")
    return folder


def draft_table(table: TableText, name: str, changes: Changes, rows: Sequence[NewRow]) -> Draft:
    """Edit a table's text in its own style."""
    if not changes and not rows:
        return Draft(table, EditedTable(table.text, [], {}))
    fields = list(list_fields(TABLES[name]))
    return Draft(table, edit_table(table, learn_style(table, fields), changes, rows))


def draft_plan(table: TableText, plan: Plan) -> Draft:
    """The publications table after the plan; changes that can't be made move from the plan to its problems."""
    changes = {index: {change.path: change.offer.value for change in row} for index, row in plan.changes.items()}
    rows = [(addition.index, addition.make_row()) for addition in plan.additions]
    draft = draft_table(table, "publications", changes, rows)
    for index, reason in draft.edited.refused.items():
        names = ", ".join(change.name for change in plan.changes.pop(index))
        line, column = table.source.locate(table.places[index].start)
        plan.problems.append(Problem(table.source.path, line, column, f"{names}: {reason}"))
    return draft


def update_provenance(provenance: Provenance, plan: Plan) -> Provenance:
    """The provenance after the plan."""
    today = date.today().isoformat()
    updated = {row: dict(fields) for row, fields in provenance.items()}
    for addition in plan.additions:
        updated[addition.id] = _remember(addition.offers, today)
    for change in plan.list_changes():
        updated.setdefault(change.row, {}).update(_remember({change.path: change.offer}, today))
    for row, offers in plan.kept.items():
        kept = {path: replace(origin, kept=True) for path, origin in _remember(offers, today).items()}
        updated.setdefault(row, {}).update(kept)
    return updated


def write_draft(storage: Storage, before: bytes, draft: Draft, provenance: Provenance | None = None) -> None:
    """Write the table, then its provenance; a table that fails its checks is put back as it was.

    Raises:
        OctavoError: with what is wrong; the files are as they were.
    """
    storage.write_table(before, draft.content)
    try:
        errors = [problem for problem in check_tables(storage.data) if problem.severity == "error"]
    except BaseException:
        storage.restore(before)
        raise
    if errors:
        storage.restore(before)
        told = "\n".join(str(problem) for problem in errors[:10])
        raise OctavoError(f"{told}\nthe new table fails its checks; {storage.file.name} is as it was before")
    if provenance is not None:
        storage.write_provenance(provenance)


def _remember(offers: Mapping[str, Offer], today: str) -> dict[str, Origin]:
    return {path: Origin(offer.value, offer.source, offer.rank, today) for path, offer in offers.items()}
