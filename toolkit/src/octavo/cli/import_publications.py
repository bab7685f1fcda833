"""Bring publications into data/publications.yml: from files, and from doi.org, arXiv, ORCID, DBLP and OpenAlex.

It shows what it would do, as a table and a diff, and asks. What was written by hand stays as it is. Nothing is ever
removed: `hidden: true` hides a row and keeps it from coming back.

exit status: 0 nothing to do, or done; 1 something couldn't be read or asked; 3 conflicts or questions are left
"""

from __future__ import annotations

import argparse
import shlex
import sys
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from octavo.cli.parser import make_parser
from octavo.console import say, write_result
from octavo.errors import OctavoError
from octavo.importing import report
from octavo.importing.applying import Draft, draft_plan, read_valid_folder, update_provenance, write_draft
from octavo.importing.collecting import Collection, Request, collect_records, list_identifiers, report_nothing
from octavo.importing.editing.layout import read_table_text
from octavo.importing.matching import Answers
from octavo.importing.merging import Choices
from octavo.importing.planning import Owner, Plan, make_plan
from octavo.importing.storage import Storage
from octavo.importing.terminal import Terminal, ask
from octavo.tables.data_folder import DataFolder, find_data_folder, show_path

DONE, PROBLEMS, CONFLICTS = 0, 1, 3


def main(argv: Sequence[str] | None = None) -> int:
    """Import, and return the exit status."""
    options = parse_arguments(argv)
    terminal = Terminal(quiet=options.json)
    try:
        return run_import(options, terminal)
    except OctavoError as error:
        terminal.clear()
        say(error, file=sys.stderr)
        return PROBLEMS
    except KeyboardInterrupt:
        terminal.clear()
        say("interrupted; nothing was written", file=sys.stderr)
        return 130


def parse_arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    """What the owner asks for."""
    parser = make_parser(
        "import", __doc__, "refs.bib", "doi:10.1007/BF01464225 arxiv:2411.08982", "refs.bib --take lynx.title"
    )
    add = parser.add_argument
    add("sources", nargs="*", metavar="SOURCE", help="a .bib, .ris or CSL .json file, - for standard input, doi:10.…, "
        "arxiv:2411.08982, orcid:0000-…, dblp:PID, openalex:A…")  # fmt: skip
    add("--refresh", action="store_true", help="look up again every row that has a DOI or an arXiv identifier")
    add("--data", type=Path, metavar="DIR", help="the tables' folder (default: data)")
    add("--from", dest="format", choices=("bibtex", "ris", "csl"), help="what the files or standard input hold")
    add(
        "--take", action="append", default=[], metavar="ID.FIELD", help="take theirs, as lynx.title; a row's id, or all"
    )
    add("--keep", action="append", default=[], metavar="ID.FIELD", help="keep yours, and don't report it again")
    add("--same", action="append", default=[], metavar="RECORD=ID", help="answer a question: it is that row")
    add("--new", action="append", default=[], metavar="RECORD", help="answer a question: it is a work of its own")
    add("--max-age", type=float, default=0, metavar="HOURS", help="use stored answers as old as this (default: none)")
    add("--all", action="store_true", help="show all of the plan and the diff, however long")
    add("--json", action="store_true", help="print the plan for machines, and don't ask")
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--yes", action="store_true", help="write without asking")
    how.add_argument("--dry-run", action="store_true", help="never write")
    options = parser.parse_args(argv)
    if not options.sources and not options.refresh:
        parser.error("name a source, or --refresh")
    if any("=" not in answer for answer in options.same):
        parser.error("--same needs RECORD=ID, as refs.bib:118:1=lynx")
    return options


def run_import(options: argparse.Namespace, terminal: Terminal) -> int:
    """Collect, plan, show, ask, write."""
    data = options.data or find_data_folder()
    storage = Storage(data, "publications")
    folder = read_valid_folder(data)
    path = show_path(data / "publications.yml")
    collection = collect(options, folder, storage, path, terminal)
    owner = make_owner(options)
    with storage.lock(reads_only=options.dry_run):
        before, provenance = storage.read_table(), storage.read_provenance()
        table = read_table_text(before, path)
        plan = make_plan(table, provenance, collection.records, owner)
        draft = draft_plan(table, plan)
        plan.problems[:0] = collection.problems
        show(options, plan, draft, terminal)
        written = False
        if (plan.has_edits or plan.kept) and decide(options, plan, path):
            write_draft(storage, before, draft, update_provenance(provenance, plan))
            written = True
    return finish(options, plan, written=written)


def collect(
    options: argparse.Namespace, folder: DataFolder, storage: Storage, path: str, terminal: Terminal
) -> Collection:
    """The records of all sources."""
    refreshed = list(list_identifiers(read_table_text(storage.read_table(), path).rows)) if options.refresh else []
    request = Request(
        options.sources, sys.stdin.buffer.read, options.format, folder.folder.parent / ".cache/octavo/answers",
        folder.files["profile"].rows[0].get("email", ""), timedelta(hours=options.max_age), terminal.say,
    )  # fmt: skip
    collection = collect_records(request, refreshed)
    terminal.clear()
    if (options.sources or refreshed) and (problem := report_nothing(options.sources, collection)):
        collection.problems.append(problem)
    return collection


def make_owner(options: argparse.Namespace) -> Owner:
    """What the owner said about fields and records."""
    same = dict(answer.rsplit("=", 1) for answer in options.same)
    return Owner(Choices(frozenset(options.take), frozenset(options.keep)), Answers(same, frozenset(options.new)))


def show(options: argparse.Namespace, plan: Plan, draft: Draft, terminal: Terminal) -> None:
    """Print problems, plan and diff."""
    for line in report.format_problems(plan.problems, everything=options.all):
        say(line, file=sys.stderr)
    if options.json:
        return
    for line in report.format_plan(plan, name_command(options), color=terminal.has_color, everything=options.all):
        say(line)
    for line in report.format_diff(draft, color=terminal.has_color, everything=options.all):
        say(line)


def name_command(options: argparse.Namespace) -> str:
    """How this import was called, to be called again with an answer."""
    data = ["--data", str(options.data)] if options.data else []
    return shlex.join(["octavo", "import", *options.sources, *["--refresh"][: options.refresh], *data])


def decide(options: argparse.Namespace, plan: Plan, path: str) -> bool:
    """Whether to write.

    Raises:
        OctavoError: if no terminal to answer from.
    """
    if options.dry_run or (options.json and not options.yes):
        return False
    question = f"Write {len(plan.additions)} new and {len(plan.changes)} changed rows to {path}?"
    return options.yes or ask(question, stdin_is_taken="-" in options.sources)


def finish(options: argparse.Namespace, plan: Plan, *, written: bool) -> int:
    """The exit status, and what the machine is told."""
    has_errors = any(problem.severity == "error" for problem in plan.problems)
    status = PROBLEMS if has_errors else CONFLICTS if plan.conflicts or plan.questions else DONE
    if options.json:
        write_result(report.format_json(plan, plan.problems, written=written, status=status) + "\n")
    elif written:
        say("Written.")
    elif plan.has_edits:
        say("Nothing was written.")
    return status
