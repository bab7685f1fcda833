"""Look for new papers, changes, retractions, citations, and dead links, and propose what to do.

It asks the sources that your profile links to, such as your ORCID iD and your page at DBLP, and looks up every row by
its DOI or arXiv ID. Nothing is written without --write. If a source doesn't answer, its data stays as it is, and the
report says so.

exit status: 0 nothing to propose; 1 the tables have an error, or can't be written; 3 something is proposed
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from octavo.cli.commands import make_parser, reports_errors, write_output
from octavo.console import write_result
from octavo.importing.answers import Budget
from octavo.importing.collecting import Request
from octavo.importing.planning import read_valid_folder
from octavo.importing.terminal import Terminal
from octavo.site import load_site
from octavo.tables.data_folder import find_data_folder
from octavo.watching.proposals import Options, watch
from octavo.watching.report import describe_proposals, format_report

NOTHING, PROPOSED = 0, 3
_MOST_REQUESTS = 1000
# In hours: a source that several checks need is asked only once per run.
_MAX_AGE = 1.0


@reports_errors("interrupted")
def main(argv: Sequence[str] | None = None) -> int:
    """Look, report, and return the exit status."""
    options = _parse_arguments(argv)
    data = options.data or find_data_folder()
    terminal = Terminal(quiet=options.json)
    try:
        wanted = _read_options(options, data.absolute().parent)
        proposals = watch(data, _make_request(options, data, terminal), wanted, write=options.write)
    finally:
        terminal.clear()
    report = format_report(proposals)
    plain = json.dumps(describe_proposals(proposals), ensure_ascii=False, indent=1) + "\n"
    write_result(plain if options.json else report)
    if options.report:
        write_output(options.report, report)
    return NOTHING if proposals.is_empty else PROPOSED


def _parse_arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = make_parser("watch", __doc__, "", "--citations --write", "--links --report watch.md")
    add = parser.add_argument
    add(
        "--citations",
        action="store_true",
        help="also citation counts and free copies (always, once data/citations.yml exists)",
    )
    add("--cited", action="store_true", help="also check whether works that your papers cite were retracted")
    add(
        "--links",
        nargs="?",
        type=Path,
        const=Path("_site"),
        metavar="DIR",
        help="also check the links of the built site (_site)",
    )
    add("--write", action="store_true", help="write new papers, changes, and counts into the tables")
    add("--report", type=Path, metavar="FILE", help="also write the report to this file")
    add("--json", action="store_true", help="print the proposals as JSON")
    add(
        "--requests",
        type=int,
        default=_MOST_REQUESTS,
        metavar="N",
        help=f"ask the sources at most N times (default: {_MOST_REQUESTS})",
    )
    add("--data", type=Path, metavar="DIR", help="the tables' folder (default: data)")
    return parser.parse_args(argv)


def _read_options(options: argparse.Namespace, project: Path) -> Options:
    url = load_site(project).url if options.links else None
    return Options(options.citations, options.cited, options.links, url)


def _make_request(options: argparse.Namespace, data: Path, terminal: Terminal) -> Request:
    mail = read_valid_folder(data).files["profile"].rows[0].get("email", "")
    return Request(
        (), sys.stdin.buffer.read, cache=data.absolute().parent / ".cache/octavo/answers", mail=mail,
        max_age=timedelta(hours=_MAX_AGE), say=terminal.say, budget=Budget(options.requests),
    )  # fmt: skip
