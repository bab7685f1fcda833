"""The plan as a person reads it, and as a machine does."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from octavo.console import BOLD, CYAN, GREEN, RED, paint
from octavo.errors import Problem
from octavo.importing.applying import Draft
from octavo.importing.merging import Change, Conflict, show_value
from octavo.importing.planning import Plan

# Limits, so that ten thousand new rows don't scroll away what needs an answer.
MOST_ROWS = 40
MOST_PROBLEMS = 100
MOST_DIFF_LINES = 400

_COLORS = {"+": GREEN, "-": RED, "@": CYAN}


def format_problems(problems: Sequence[Problem], *, everything: bool = False) -> Iterator[str]:
    """A line per problem, errors first; beyond a limit, only their number."""
    ordered = sorted(problems, key=lambda problem: problem.severity == "warning")
    shown = ordered if everything else ordered[:MOST_PROBLEMS]
    yield from map(str, shown)
    if len(shown) < len(ordered):
        yield f"… {len(ordered) - len(shown)} more (--all shows them)"


def format_plan(plan: Plan, command: str, *, color: bool = False, everything: bool = False) -> Iterator[str]:
    """What is new, changed and conflicting, and what a person must decide."""
    rows = list(_list_rows(plan))
    shown = rows if everything else rows[:MOST_ROWS]
    widths = [max((len(row[column]) for row in shown), default=0) for column in (0, 1)]
    for kind, name, text in shown:
        start = f"{kind:<{widths[0]}}  {name:<{widths[1]}}"
        yield paint(start, BOLD) + f"  {text}" if color else f"{start}  {text}"
    if len(shown) < len(rows):
        yield f"… {len(rows) - len(shown)} more (--all shows them)"
    yield from (conflict.explain(command) for conflict in plan.conflicts)
    if plan.conflicts:
        yield f"To keep yours and not be asked again until a source changes: {command} --keep {plan.conflicts[0].name}"
    yield from (question.explain(command) for question in plan.questions)
    yield from plan.notes
    yield count_plan(plan)


def count_plan(plan: Plan) -> str:
    """One line of numbers."""
    counts = {
        "new": len(plan.additions),
        "changed": len(plan.changes),
        "conflicting": len({conflict.row for conflict in plan.conflicts}),
        "in question": len(plan.questions),
        "unchanged": plan.unchanged,
    }
    return ", ".join(f"{count} {name}" for name, count in counts.items())


def format_diff(draft: Draft, *, color: bool = False, everything: bool = False) -> Iterator[str]:
    """The unified diff, truncated if very long."""
    left_out = 0
    for number, line in enumerate(draft.make_diff()):
        if number >= MOST_DIFF_LINES and not everything:
            left_out += 1
        else:
            yield paint(line, _COLORS[line[0]]) if color and line[:1] in _COLORS else line
    if left_out:
        yield f"… {left_out} more lines (--all shows them)"


def format_json(plan: Plan, problems: Sequence[Problem], *, written: bool, status: int) -> str:
    """Everything, for machines."""
    return json.dumps(
        {
            "new": [
                {"id": one.id, "place": one.place, "fields": one.make_row(), "sources": _list_sources(one.offers)}
                for one in plan.additions
            ],
            "changed": [_describe_change(change) for change in plan.list_changes()],
            "conflicts": [_describe_change(conflict) for conflict in plan.conflicts],
            "questions": [
                {"place": one.place, "title": one.title, "candidates": one.candidates, "reason": one.reason}
                for one in plan.questions
            ],
            "unchanged": plan.unchanged,
            "notes": plan.notes,
            "problems": [
                {
                    "severity": one.severity,
                    "path": one.path,
                    "line": one.line,
                    "column": one.column,
                    "message": one.message,
                }
                for one in problems
            ],
            "written": written,
            "status": status,
        },
        ensure_ascii=False,
        indent=1,
    )


def _list_rows(plan: Plan) -> Iterator[tuple[str, str, str]]:
    for conflict in plan.conflicts:
        yield "conflicting", conflict.name, f"{_shorten(conflict.old)} (yours), {_shorten(conflict.offer.value)}"
    for question in plan.questions:
        yield "in question", question.place, question.title
    for addition in plan.additions:
        yield "new", addition.id, str(addition.offers["title"].value)
    for change in plan.list_changes():
        was = "" if change.old is None else f"{_shorten(change.old)} → "
        yield "changed", change.name, f"{was}{_shorten(change.offer.value)} ({change.offer.source})"


def _shorten(value: Any) -> str:
    text = "nothing" if value is None else show_value(value)
    return text if len(text) <= 60 else text[:59] + "…"


def _describe_change(change: Change | Conflict) -> dict[str, Any]:
    offer = change.offer
    return {"row": change.row, "field": change.path, "old": change.old, "new": offer.value, "source": offer.source}


def _list_sources(offers: Any) -> dict[str, str]:
    return {path: offer.source for path, offer in offers.items()}
