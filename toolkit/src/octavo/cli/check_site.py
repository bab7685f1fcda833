"""Checks the built site as a stranger would: `check_site.py [DIR]`, exit status 1 if something is wrong."""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import yaml

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from octavo.errors import OctavoError, Problem
from octavo.sitecheck.answers import read_answers, write_answers
from octavo.sitecheck.check import CHECKS, check_site
from octavo.sitecheck.external import Manners, ask_all, find_external, is_fresh, tell_answers
from octavo.sitecheck.rows import Row
from octavo.sitecheck.site import Site
from octavo.sitecheck.weight import parse_budget

CONFIGURATION = "_quarto.yml"
EPILOG = (
    "Read are syntax, nesting and ids of HTML, not most attributes' values (the Nu HTML Checker knows those); titles, "
    "descriptions, headings, images; links and anchors inside the site; what pages load; feeds, sitemap, weight; "
    "whether each row of the tables is everywhere."
)
# The same fault on every page, a broken link in the menu say, is shown this often.
MOST_PLACES = 3


def main(argv: Sequence[str] | None = None) -> int:
    """0 if nothing is wrong, 1 otherwise; what other hosts answer never counts."""
    arguments = _parse_arguments(argv)
    project = arguments.project or arguments.folder.resolve().parent
    try:
        configuration = _read_configuration(project)
        url = arguments.url or (configuration.get("website") or {}).get("site-url")
        budgets = parse_budget(configuration.get("budget"))
        rows = [] if "rows" in arguments.skip else _read_rows(project / "data")
        site, problems = check_site(arguments.folder, url=url, budgets=budgets, rows=rows, skip=arguments.skip)
    except OctavoError as error:
        print(error, file=sys.stderr)
        return 1
    for line in tell_problems(problems):
        print(line)
    found = {0: "nothing wrong", 1: "1 problem"}.get(len(problems), f"{len(problems)} problems")
    print(f"{arguments.folder}: {len(site.pages)} pages of {len(site.files)} files: {found}")
    if arguments.external:
        _ask_external(site, arguments.cache)
    return 1 if problems else 0


def tell_problems(problems: Sequence[Problem]) -> list[str]:
    """One line a problem; what is said of many pages, of the first ones."""
    places: dict[str, list[Problem]] = {}
    for problem in problems:
        places.setdefault(problem.message, []).append(problem)
    lines = []
    for same in places.values():
        lines += [str(problem) for problem in same[:MOST_PLACES]]
        if len(same) > MOST_PLACES:
            lines.append(f"    … and the same on {len(same) - MOST_PLACES} more")
    return lines


def _parse_arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="check_site.py", description=__doc__, epilog=EPILOG)
    parser.add_argument("folder", nargs="?", type=Path, default=Path("_site"), metavar="DIR", help="(_site)")
    parser.add_argument("--url", help=f"the address the site is made for (site-url in {CONFIGURATION})")
    parser.add_argument("--project", type=Path, help=f"where {CONFIGURATION} and data/ are (the folder above DIR)")
    parser.add_argument("--skip", action="append", default=[], metavar="CHECK", help=", ".join(CHECKS))
    parser.add_argument("--external", action="store_true", help="ask other hosts too")
    parser.add_argument("--cache", type=Path, default=Path(".cache/links.json"), help="for the answers")
    return parser.parse_args(argv)


def _read_configuration(project: Path) -> dict[str, Any]:
    file = project / CONFIGURATION
    if not file.is_file():
        return {}
    try:
        configuration = yaml.safe_load(file.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise OctavoError(f"{file}: {error}") from None
    return configuration if isinstance(configuration, dict) else {}


def _read_rows(data: Path) -> list[Row]:
    """The rows of all tables, the hidden ones too; none where the site isn't made from tables."""
    if not data.is_dir():
        return []
    # Imported here: other people's sites need none of it.
    from octavo.model.catalog import ROWS
    from octavo.model.entries import name_row
    from octavo.tables.rows import load_rows

    return [
        Row(row_type.table.name, row.id, row.anchor, name_row(row), row.hidden)
        for row_type in ROWS
        for hidden in (False, True)
        for row in load_rows(row_type, data, hidden=hidden)
        if row.hidden == hidden
    ]


def _ask_external(site: Site, cache: Path) -> None:
    places = find_external(site)
    kept = read_answers(cache)
    now = datetime.now(UTC)
    due = [address for address in places if address not in kept or not is_fresh(kept[address], now)]
    if due:
        print(f"asking for {len(due)} of {len(places)} addresses outside the site …", flush=True)
    answers = kept | asyncio.run(ask_all(due, Manners(user_agent=f"octavo-link-check (+{site.url})")))
    write_answers(cache, answers)
    for line in tell_answers(places, answers):
        print(line)


if __name__ == "__main__":
    sys.exit(main())
