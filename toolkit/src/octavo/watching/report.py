"""The report: the findings in Markdown for people, and as plain data for machines."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from octavo.importing.merging import Change
from octavo.importing.planning import Addition, Plan
from octavo.importing.report import describe_change, describe_question, shorten_value
from octavo.markdown import plain_title
from octavo.model.identifiers import make_doi_address
from octavo.model.vocabulary import RETRACTED
from octavo.watching.cited import RetractedWork
from octavo.watching.indexes import NewCount
from octavo.watching.links import DeadLink
from octavo.watching.proposals import Proposals

# Characters that could be Markdown or HTML in foreign text (CommonMark 0.31, section 2.4).
_MARKUP = re.compile(r"([\\`*_\[\]<>&!|~])")
# GitHub and others turn `@name` and `#12` into links and notify people; a word joiner (U+2060) prevents that.
_MENTION = re.compile("([@#])")
_NOTICES = ("links.retraction", "links.correction")
_LONGEST = 100
_MOST_PLACES = 4


def format_report(proposals: Proposals) -> str:
    """The report in Markdown; the same findings always give the same text."""
    parts = [_format_section(heading, lines) for heading, lines in _list_sections(proposals) if lines]
    return "\n\n".join(parts or ["Nothing has changed."]) + "\n"


def describe_proposals(proposals: Proposals) -> dict[str, Any]:
    """The same as plain data, by the report's headings."""
    plan = proposals.plan
    return {
        "new": [{"id": one.id, "place": one.place, "fields": one.make_row()} for one in plan.additions],
        "changed": [describe_change(change) for row in sorted(plan.changes) for change in plan.changes[row]],
        "conflicts": [describe_change(change) for change in plan.conflicts],
        "questions": [describe_question(question) for question in plan.questions],
        "retracted": [
            {"doi": work.doi, "title": work.title, "cited_by": list(work.cited_by)} for work in proposals.retracted
        ],
        "copies": [{"row": one.publication, "source": one.source, "url": one.copy} for one in proposals.copies],
        "citations": [
            {"row": one.finding.publication, "source": one.finding.source, "old": one.before, "new": one.finding.count}
            for one in proposals.counts
        ],
        "dead": [
            {"url": link.address, "reason": link.reason, "places": list(link.places), "copy": link.copy or None}
            for link in proposals.dead
        ],
        "problems": [str(problem) for problem in proposals.problems],
    }


def _list_sections(proposals: Proposals) -> Iterator[tuple[str, list[str]]]:
    plan = proposals.plan
    changes = list(plan.list_changes())
    grave = [change for change in changes if change.path in _NOTICES or change.new == RETRACTED]
    yield "Retractions and corrections", [*map(_format_change, grave), *map(_format_retracted, proposals.retracted)]
    yield "New papers", list(map(_format_addition, plan.additions))
    yield "Changes", [_format_change(change) for change in changes if change not in grave]
    yield "To be decided", list(_format_open(plan, proposals.sources))
    yield "Free copies", [f"`{one.publication}`: <{one.copy}> ({one.source})" for one in proposals.copies]
    yield "Citations", list(map(_format_count, proposals.counts))
    yield "Dead links", list(map(_format_dead, proposals.dead))
    yield "Notes", [_escape(str(problem)) for problem in proposals.problems]


def _format_section(heading: str, lines: Iterable[str]) -> str:
    return "\n".join([f"## {heading}", "", *(f"- {line}" for line in lines)])


def _format_addition(addition: Addition) -> str:
    row = addition.make_row()
    venue = row.get("venue") or row.get("container_title")
    said = ", ".join(filter(None, [plain_title(row["title"]), venue, row.get("date"), row.get("status")]))
    sources = dict.fromkeys(statement.source for _, statement in addition.offers.values())
    return f"`{addition.id}`: {_escape(said)} ({_escape(', '.join(sources))})"


def _format_change(change: Change) -> str:
    was = "" if change.old is None else f"{shorten_value(change.old, _LONGEST)} → "
    said = was + shorten_value(change.new, _LONGEST)
    return f"`{change.row}`: {change.path}: {_escape(said)} ({_escape(change.source)})"


def _format_open(plan: Plan, sources: Sequence[str]) -> Iterator[str]:
    """The questions that only the owner can answer, and the command that asks them."""
    for change in plan.conflicts:
        said = f"{shorten_value(change.old, _LONGEST)} (yours), {shorten_value(change.new, _LONGEST)}"
        yield f"`{change.row}`: {change.path}: {_escape(said)} ({_escape(change.source)})"
    for question in plan.questions:
        asked = f"{question.name}: {question.statement.fields['title']}: the same work as"
        yield f"{_escape(asked)} {', '.join(f'`{row}`' for row in question.candidates)}? {_escape(question.reason)}"
    if plan.conflicts or plan.questions:
        yield f"`{shlex.join(['octavo', 'import', *sources, '--refresh'])}` asks you, one by one."


def _format_retracted(work: RetractedWork) -> str:
    named = ", ".join(f"`{row}`" for row in work.cited_by)
    return f"{_escape(work.title)}, <{make_doi_address(work.doi)}>, was retracted; {named} cites it"


def _format_count(news: NewCount) -> str:
    finding = news.finding
    was = "" if news.before is None else f"{news.before:,} → "
    return f"`{finding.publication}`: {finding.source}: {was}{finding.count:,}"


def _format_dead(link: DeadLink) -> str:
    copy = f"; archived: <{link.copy}>" if link.copy else ""
    return f"<{link.address}>: {_escape(link.reason)}, in {', '.join(link.places[:_MOST_PLACES])}{copy}"


def _escape(text: str) -> str:
    return _MENTION.sub("\\1\u2060", _MARKUP.sub(r"\\\1", text))
