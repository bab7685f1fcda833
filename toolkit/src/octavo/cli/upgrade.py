"""Bring a site up to date with the running octavo.

It shows what it would do, and asks before it does it. Only what the engine owns is touched: the format in _extensions/,
the scripts, the workflow, and the requirements. If you changed one of these files, it stays as it is, and the command
says so. Your data/, pages, assets/, and docs/ are never touched; only a site of version 1.0 has its pages changed to
name the engine by its new name.

exit status: 0 up to date, or done; 1 nothing was done; 3 files that you and the engine both changed were kept
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from octavo.cli.commands import make_parser, reports_errors
from octavo.console import say
from octavo.importing.terminal import agree
from octavo.starter.engine import find_engine
from octavo.starter.upgrade import Upgrade, apply_upgrade, plan_upgrade

DONE, CONFLICTS = 0, 3


@reports_errors("interrupted; run it again to finish")
def main(argv: Sequence[str] | None = None) -> int:
    """Plan, show, ask, and upgrade; the exit status."""
    options, engine = parse_arguments(argv), find_engine()
    upgrade = plan_upgrade(options.folder, engine)
    show(upgrade)
    status = CONFLICTS if upgrade.kept else DONE
    if upgrade.is_empty:
        say(f"The site is up to date with octavo {engine.version}.")
        return status
    if options.dry_run or not (options.yes or agree("Upgrade the site?")):
        say("Nothing was written.")
        return status
    apply_upgrade(upgrade, options.folder, engine)
    say(f"Upgraded to octavo {engine.version}.")
    return status


def parse_arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    """The command's options; exit status 2 if they aren't understood."""
    parser = make_parser("upgrade", __doc__, "", "../my-site")
    parser.add_argument("folder", nargs="?", type=Path, default=Path(), metavar="DIR", help="the site (default: here)")
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--yes", action="store_true", help="don't ask")
    how.add_argument("--dry-run", action="store_true", help="only show what would be done")
    return parser.parse_args(argv)


def show(upgrade: Upgrade) -> None:
    """List what happens to each file."""
    for word, paths in (
        ("add", upgrade.added),
        ("change", upgrade.changed),
        ("convert", upgrade.converted),
        ("remove", upgrade.removed),
    ):
        for path in paths:
            say(f"{word:8} {path}")
    for path in upgrade.kept:
        engine = "so did the engine" if path in upgrade.owned else "Octavo no longer uses it; delete it if you don't"
        say(f"keep     {path}: you changed it, and {engine}", file=sys.stderr)
