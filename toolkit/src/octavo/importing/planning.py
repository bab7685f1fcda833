"""Plans an import: from records, table and provenance to everything that would change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from octavo.errors import OctavoError, Problem
from octavo.importing.describing import Offer, combine_records
from octavo.importing.editing.layout import TableText
from octavo.importing.matching import Answers, Question, group_records
from octavo.importing.merging import Change, Choices, Conflict, MergedRow, merge_row, show_value
from octavo.importing.placing import Names, Order
from octavo.importing.problems import report_source
from octavo.importing.provenance import Provenance
from octavo.importing.record import FILE, Record
from octavo.model.checking import find_faults
from octavo.model.publications import Publication

# More notes than this are only counted.
_NOTES = 20


@dataclass(frozen=True, slots=True)
class Addition:
    """A row to add."""

    id: str
    index: int
    """The row before which it goes."""
    offers: Mapping[str, Offer]
    place: str

    def make_row(self) -> dict[str, Any]:
        """Its fields as the table has them."""
        row: dict[str, Any] = {"id": self.id}
        for path, offer in self.offers.items():
            name, _, role = path.partition(".")
            row[name] = {**row.get(name, {}), role: offer.value} if role else offer.value
        return row


@dataclass
class Plan:
    """Everything that an import would do; nothing is written yet."""

    additions: list[Addition] = field(default_factory=list)
    changes: dict[int, list[Change]] = field(default_factory=dict)
    """By the row's index."""
    conflicts: list[Conflict] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    unchanged: int = 0
    """How many rows a source describes without changing them."""
    kept: dict[str, dict[str, Offer]] = field(default_factory=dict)
    """Fields whose value the owner chose to keep, by row and path."""

    def list_changes(self) -> Iterator[Change]:
        """All changes, in the order of the rows."""
        for index in sorted(self.changes):
            yield from self.changes[index]

    @property
    def has_edits(self) -> bool:
        """Whether the table would change."""
        return bool(self.additions or self.changes)


@dataclass(frozen=True, slots=True)
class Owner:
    """What the owner said on the command line."""

    choices: Choices = field(default_factory=Choices)
    answers: Answers = field(default_factory=Answers)


def make_plan(table: TableText, provenance: Provenance, records: Sequence[Record], owner: Owner) -> Plan:
    """What the records would change in the publications table.

    Raises:
        OctavoError: if the owner named a row or field that doesn't exist.
    """
    plan = Plan()
    rows = table.rows
    with_orcid = _has_orcid(rows)
    groups = group_records(rows, records, owner.answers)
    plan.questions = groups.questions
    outranked: list[Conflict] = []
    takeable: set[str] = set()
    for index in sorted(groups.by_row):
        row = rows[index]
        if str(row.get("hidden")).strip().lower() == "true":
            plan.unchanged += 1
            continue
        offers = combine_records(groups.by_row[index], row, with_orcid=with_orcid)
        merged = merge_row(row, offers, provenance.get(str(row["id"]).strip(), {}), owner.choices)
        takeable |= merged.takeable
        outranked += merged.outranked
        _add_merged(plan, index, row, merged)
    _add_new_rows(plan, rows, groups.new, with_orcid=with_orcid)
    plan.notes += _describe_outranked(outranked)
    _check_choices(owner.choices, rows, takeable, plan)
    return plan


def _add_merged(plan: Plan, index: int, row: Mapping[str, Any], merged: MergedRow) -> None:
    changes = merged.changes
    if changes and (problem := _check_row(_apply(row, merged), changes[0].offer.place)):
        plan.problems.append(problem)
        changes = []
    if changes:
        plan.changes[index] = changes
    if merged.kept:
        plan.kept[str(row["id"]).strip()] = merged.kept
    plan.conflicts += merged.conflicts
    plan.unchanged += not (changes or merged.conflicts)


def _add_new_rows(
    plan: Plan, rows: Sequence[Mapping[str, Any]], groups: Sequence[Sequence[Record]], *, with_orcid: bool
) -> None:
    names = Names(str(row.get("id", "")) for row in rows)
    order = Order(rows)
    added: list[Addition] = []
    for group in groups:
        offers = combine_records(group, None, with_orcid=with_orcid)
        row = {path: offer.value for path, offer in offers.items()}
        best = next((record for record in group if record.rank == FILE), group[0])
        addition = Addition(names.choose(best, is_file=best.rank == FILE), order.find_index(row), offers, best.place)
        if problem := _check_row(addition.make_row(), best.place):
            plan.problems.append(problem)
        else:
            added.append(addition)
    plan.additions = order.sort(added, lambda addition: addition.make_row())


def _check_row(row: Mapping[str, Any], place: str) -> Problem | None:
    """Why a row fails the table's checks; its record is skipped then."""
    faults = find_faults(Publication, row)
    if not faults:
        return None
    where = ".".join(str(part) for part in faults[0].path)
    return report_source(place, f"skipped: {where}: {faults[0].message}")


def _apply(row: Mapping[str, Any], merged: MergedRow) -> dict[str, Any]:
    changed = {key: value for key, value in row.items() if value is not None}
    for change in merged.changes:
        name, _, role = change.path.partition(".")
        changed[name] = {**(changed.get(name) or {}), role: change.offer.value} if role else change.offer.value
    return changed


def _describe_outranked(outranked: Sequence[Conflict]) -> list[str]:
    notes = [
        f"{one.name}: {one.offer.source} says {show_value(one.offer.value)}, a better source said {show_value(one.old)}"
        for one in outranked[:_NOTES]
    ]
    more = len(outranked) - len(notes)
    return notes + ([f"{more} more fields keep the value of a better source"] if more else [])


def _check_choices(choices: Choices, rows: Sequence[Mapping[str, Any]], takeable: set[str], plan: Plan) -> None:
    names = {str(row.get("id", "")).strip() for row in rows}
    for choice in {*choices.take, *choices.keep} - {"all"}:
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
