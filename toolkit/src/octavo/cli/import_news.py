"""Propose a news line for each publication that has none.

It shows the lines as a diff of data/news.yml, and asks before it writes. A line with `hidden: true` keeps its
publication from getting another.

exit status: 0 nothing to do, or done; 1 problems
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from octavo.cli.commands import make_parser, reports_errors
from octavo.console import say, write_result
from octavo.errors import OctavoError
from octavo.importing import report
from octavo.importing.editing.layout import read_table_text
from octavo.importing.editing.table import EditedTable
from octavo.importing.news import Proposals, propose_news
from octavo.importing.planning import draft_table, read_valid_folder
from octavo.importing.storage import Storage
from octavo.importing.terminal import Terminal, agree
from octavo.model.dates import PartialDate
from octavo.model.words import count_noun
from octavo.tables.data_folder import find_data_folder, show_path


@reports_errors("interrupted; nothing was written")
def main(argv: Sequence[str] | None = None) -> int:
    """Propose, show, ask, and write; the exit status."""
    options = parse_arguments(argv)
    data = options.data or find_data_folder()
    storage = Storage(data, "news")
    with storage.lock(reads_only=options.dry_run):
        folder = read_valid_folder(data)
        before = storage.read_table()
        table = read_table_text(before, show_path(data / "news.yml"))
        papers = folder.files["publications"].rows if "publications" in folder.files else ()
        check_ids(options.ids, [row["id"] for row in papers])
        proposals = propose_news(
            papers, table.rows, since=options.since, only=options.ids, language=folder.languages.default
        )
        draft = draft_table(table, "news", {}, proposals.rows)
        show(options, proposals, draft)
        if proposals.rows and decide(options, proposals):
            storage.write_table(before, draft.content)
            say("Written.", file=sys.stderr if options.json else sys.stdout)
    return 0


def parse_arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    """The owner's options."""
    parser = make_parser("news", __doc__, "", "--since 2025")
    add = parser.add_argument
    add("ids", nargs="*", metavar="ID", help="only for these publications")
    add("--since", default="", metavar="DATE", help="leave out publications older than this, such as 2025 or 2025-06")
    add("--data", type=Path, metavar="DIR", help="the tables' folder (default: data)")
    add("--json", action="store_true", help="print the proposals as JSON, and don't ask")
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--yes", action="store_true", help="write without asking")
    how.add_argument("--dry-run", action="store_true", help="never write")
    options = parser.parse_args(argv)
    try:
        PartialDate.parse(options.since or "2000")
    except ValueError as error:
        parser.error(f"--since: {error}")
    return options


def check_ids(wanted: Sequence[str], known: Sequence[str]) -> None:
    """Check that each id is a publication's.

    Raises:
        OctavoError: for the first one that isn't.
    """
    for name in wanted:
        if name not in known:
            raise OctavoError(f"no publication has the id {name!r}")


def show(options: argparse.Namespace, proposals: Proposals, draft: EditedTable) -> None:
    """Print the proposals."""
    if options.json:
        rows = [row for _, row in proposals.rows]
        write_result(json.dumps({"new": rows, "notes": proposals.notes}, ensure_ascii=False, indent=1) + "\n")
        return
    for line in [*proposals.notes, *report.format_diff(draft, color=Terminal().has_color, everything=True)]:
        say(line)
    covered = count_noun(proposals.covered, "publication")
    say(f"{count_noun(len(proposals.rows), 'line')} proposed; {covered} already in the news")


def decide(options: argparse.Namespace, proposals: Proposals) -> bool:
    """Whether the owner wants to write them.

    Raises:
        OctavoError: if there is no terminal to answer from.
    """
    if options.dry_run or (options.json and not options.yes):
        return False
    return options.yes or agree(f"Write {count_noun(len(proposals.rows), 'line')} to data/news.yml?")
