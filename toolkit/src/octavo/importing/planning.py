"""Plans an import: works out everything that records would change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from octavo.errors import OctavoError, Problem
from octavo.importing.decisions import Decisions, Owner
from octavo.importing.editing.layout import TableText
from octavo.importing.editing.rows import NewRow
from octavo.importing.editing.table import Changes, EditedTable, edit_table
from octavo.importing.editing.values import set_paths
from octavo.importing.matching import Joined, Question, Target, match_statements
from octavo.importing.merging import Change, MergedRow, merge_row, remember, show_value
from octavo.importing.originals import Original
from octavo.importing.placing import Order
from octavo.importing.problems import report_source
from octavo.importing.provenance import Provenance, find_rows
from octavo.importing.record import FILE, Record
from octavo.importing.statement import Statement, combine_statements, get_weight, make_statement
from octavo.model.catalog import TABLES
from octavo.model.checking import find_faults
from octavo.model.fields import list_fields
from octavo.model.publications import Publication
from octavo.tables.data_folder import DataFolder, read_data_folder

# Notes beyond this number are only counted.
_NOTES = 20


@dataclass(frozen=True, slots=True)
class Addition:
    """A row to add."""

    id: str
    index: int
    """The row before which it goes."""
    offers: Mapping[str, tuple[Any, Statement]]
    place: str

    def make_row(self) -> dict[str, Any]:
        """Its fields as the table has them."""
        return set_paths({"id": self.id}, {path: value for path, (value, _) in self.offers.items()})


class Told(NamedTuple):
    """The statements about a row, and the fields that are still undecided."""

    joined: list[Joined]
    open_paths: set[str]


@dataclass
class Plan:
    """Everything that an import would do; nothing is written yet."""

    additions: list[Addition] = field(default_factory=list)
    changes: dict[int, list[Change]] = field(default_factory=dict)
    """By the row's index."""
    conflicts: list[Change] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    clashes: list[Question] = field(default_factory=list)
    merges: list[tuple[Joined, Target]] = field(default_factory=list)
    """Entries that were found to describe a row, or the same new work as another entry."""
    notes: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    unchanged: int = 0
    """How many rows a source describes without changing them."""
    known: Provenance = field(default_factory=dict)
    """The earlier statements about each row, by its current id."""
    told: dict[str, Told] = field(default_factory=dict)
    """The current statements about each row."""
    decisions: bytes = b""
    """The file of the owner's answers afterward."""

    def list_changes(self) -> Iterator[Change]:
        """All changes, in the order of the rows."""
        for index in sorted(self.changes):
            yield from self.changes[index]

    def refuse(self, row: str, changes: Sequence[Change], problem: Problem) -> None:
        """Report changes that can't be made; they aren't remembered, so the next import tries again."""
        self.problems.append(problem)
        self.told[row].open_paths.update(change.path for change in changes)

    @property
    def has_edits(self) -> bool:
        """Whether the table would change."""
        return bool(self.additions or self.changes)


class Memory(NamedTuple):
    """What earlier imports left: what sources said, and what the owner answered."""

    provenance: Provenance
    decisions: TableText


def make_plan(table: TableText, memory: Memory, records: Sequence[Record], owner: Owner) -> Plan:
    """What the records would change in the publications table.

    Raises:
        OctavoError: if the owner named a row or field that doesn't exist.
    """
    rows = table.rows
    renamed = find_rows(memory.provenance, [Original(row, owner.language).row for row in rows])
    known = {renamed.get(name, name): said for name, said in memory.provenance.items()}
    with_orcid = _has_orcid(rows)
    made = [make_statement(record, with_orcid=with_orcid) for record in records]
    statements = [statement for statement, _ in made]
    decisions = Decisions(memory.decisions, owner, renamed)
    matches = match_statements(rows, known, decisions, statements)
    plan = Plan(questions=matches.questions, clashes=matches.clashes, known=known, decisions=decisions.write())
    plan.problems += [report_source(said.place, doubt, "warning") for said, doubts in made for doubt in doubts]
    merged = [_merge(plan, index, target, owner) for index, target in enumerate(matches.targets[: len(rows)])]
    _add_new_rows(plan, rows, matches.targets[len(rows) :])
    new = {id(one.statement) for target in matches.targets for one in target.joined if not one.is_repeated}
    pairs = zip(records, statements, strict=True)
    plan.notes += _count_left([record for record, statement in pairs if id(statement) in new])
    plan.notes += _describe_outranked([one for row in merged for one in row.outranked])
    takeable = {name for row in merged for name in row.takeable}
    _check_choices(owner, {target.id for target in matches.targets[: len(rows)]}, takeable, plan)
    return plan


def update_provenance(plan: Plan) -> Provenance:
    """The provenance after the plan."""
    today = date.today().isoformat()
    updated = dict(plan.known)
    for row, told in plan.told.items():
        updated[row] = remember(plan.known.get(row, ()), told.joined, told.open_paths, today)
    return updated


def _merge(plan: Plan, index: int, target: Target, owner: Owner) -> MergedRow:
    """Add a row's changes to the plan."""
    row, merged = target.row or {}, MergedRow()
    is_hidden = str(row.get("hidden")).strip().lower() == "true"
    if is_hidden or (not owner.take and all(one.is_repeated for one in target.joined)):
        plan.unchanged += bool(target.joined)
        return merged
    if target.joined:
        ordered = sorted(target.joined, key=lambda one: get_weight(one.statement))
        merged = merge_row(row, ordered, plan.known.get(target.id, ()), owner)
        plan.told[target.id] = Told(target.joined, {conflict.path for conflict in merged.conflicts})
        changed = set_paths(row, dict(change.edit for change in merged.changes))
        if merged.changes and (problem := _check_row(changed, merged.changes[0].place)):
            plan.refuse(target.id, merged.changes, problem)
            merged.changes = []
        plan.unchanged += not (merged.changes or merged.conflicts)
    if merged.changes:
        plan.changes[index] = merged.changes
    plan.conflicts += merged.conflicts
    plan.merges += [
        (one, target) for one in target.joined if one.reason and (merged.changes or one.statement.key != target.id)
    ]
    return merged


def _add_new_rows(plan: Plan, rows: Sequence[Mapping[str, Any]], targets: Sequence[Target]) -> None:
    order = Order(rows)
    added: list[Addition] = []
    renamed: list[str] = []
    for target in targets:
        first = target.joined[0].statement
        offers = combine_statements([one.statement for one in target.joined])
        index = order.find_index({path: value for path, (value, _) in offers.items()})
        addition = Addition(target.id, index, offers, first.place)
        if problem := _check_row(addition.make_row(), addition.place):
            plan.problems.append(problem)
            continue
        added.append(addition)
        if first.rank == FILE and first.key and first.key.casefold() != target.id.casefold():
            renamed.append(f"{first.key} → {target.id}")
        plan.known.pop(target.id, None)  # left from a row that was removed
        plan.told[target.id] = Told(target.joined, set())
        plan.merges += [(one, target) for one in target.joined[1:]]
    plan.additions = order.sort(added, lambda addition: addition.make_row())
    if renamed:
        more = f", and {len(renamed) - _NOTES} more" if len(renamed) > _NOTES else ""
        plan.notes.append(f"keys that can't be ids, or are taken: {', '.join(renamed[:_NOTES])}{more}")


def _check_row(row: Mapping[str, Any], place: str) -> Problem | None:
    """Why a row fails the table's checks; its record is skipped then."""
    faults = find_faults(Publication, {name: value for name, value in row.items() if value is not None})
    if not faults:
        return None
    where = ".".join(str(part) for part in faults[0].path)
    return report_source(place, f"skipped: {where}: {faults[0].message}")


def _count_left(records: Sequence[Record]) -> Iterator[str]:
    """What is lost from the records, by field: `left out: file in 14 entries, owner in 1 entry`."""
    counts = Counter(name for record in records for name in record.left)
    told = [f"{name} in {count} {'entry' if count == 1 else 'entries'}" for name, count in sorted(counts.items())]
    if told:
        yield f"left out: {', '.join(told)}"


def _describe_outranked(outranked: Sequence[Change]) -> list[str]:
    notes = [
        f"{one.name}: {one.source} says {show_value(one.new)}, a better source said {show_value(one.old)}"
        for one in outranked[:_NOTES]
    ]
    more = len(outranked) - len(notes)
    return notes + ([f"{more} more fields keep the value of a better source"] if more else [])


def _check_choices(owner: Owner, names: Collection[str], takeable: Collection[str], plan: Plan) -> None:
    for choice in {*owner.take, *owner.keep} - {"all"}:
        if choice in names or choice in takeable:
            continue
        row = next((name for name in names if choice.startswith(f"{name}.")), None)
        if row is None:
            example = next(iter(names), "lynx")
            raise OctavoError(f"{choice!r} isn't a field of any row (expected one such as {example}.title)")
        plan.notes.append(f"{choice}: nothing to take or keep: the sources agree with the table")


def _has_orcid(rows: Sequence[Mapping[str, Any]]) -> bool:
    """Whether any author in the table has an ORCID iD; otherwise none is written."""
    names = (author for row in rows for author in (row.get("authors") or ()) if isinstance(author, Mapping))
    return any("orcid" in author for author in names)


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
