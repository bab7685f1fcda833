"""Measures single parts: the CV, social cards, the check of a large site, and reading a large table.

python benchmarks/parts.py [--runs N] [--write]
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "toolkit"))

from benchmarks.made_up import make_publications  # noqa: E402
from benchmarks.report import describe_machine, make_table, publish  # noqa: E402
from benchmarks.timing import run_command  # noqa: E402
from octavo.cache import Cache  # noqa: E402
from octavo.documents import cards  # noqa: E402
from octavo.documents.cv import describe_cv  # noqa: E402
from octavo.documents.record import load_record  # noqa: E402
from octavo.documents.typesetting import find_template, typeset_pdf  # noqa: E402
from tests.sites import lay_out  # noqa: E402

PAGE = (
    '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>x</title>'
    '<meta name="description" content="x"></head><body><h1>x</h1>'
    + '<section><h2>Section</h2><p>Text in <em>it</em>, <a href="0.html">next</a></p></section>\n' * 15
    + "</body></html>"
)


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=5, help="how often each is measured (default: 5)")
    parser.add_argument("--write", action="store_true", help="put the table into docs/understand/figures.qmd")
    arguments = parser.parse_args(argv)
    with tempfile.TemporaryDirectory() as folder:
        site = lay_out("noether", Path(folder, "noether"))
        rows = [
            ["the CV as a PDF", _take_median(lambda: _typeset_cv(site), arguments.runs)],
            ["100 social cards", _take_median(lambda: _draw_cards(site, Path(folder)), arguments.runs)],
            ["the check of 1,000 pages", _time_check(Path(folder, "pages"), arguments.runs)],
            *_time_tables(site, arguments.runs),
        ]
    text = f"{make_table(['part', 'seconds'], rows)}\n\nMedians of {arguments.runs} runs; {describe_machine()}."
    publish("parts", text, write=arguments.write)
    return 0


def _take_median(action: Callable[[], object], runs: int) -> str:
    seconds = []
    for _ in range(runs):
        start = time.perf_counter()
        action()
        seconds.append(time.perf_counter() - start)
    return f"{statistics.median(seconds):.2f}"


def _typeset_cv(site: Path) -> None:
    typeset_pdf(find_template(site, "cv.typ"), describe_cv(load_record(site)))


def _draw_cards(site: Path, folder: Path) -> None:
    card = next(iter(cards.describe_cards(site, [], load_record(site)).values()))
    many = {str(number): {**card, "title": f"{card['title']} {number}"} for number in range(100)}
    shutil.rmtree(folder / "cards", ignore_errors=True)
    list(cards._draw(site, many, Cache(folder / "cards")))


def _time_check(folder: Path, runs: int) -> str:
    folder.mkdir()
    for number in range(1000):
        (folder / f"{number}.html").write_text(PAGE, encoding="utf-8")
    command = [sys.executable, "-m", "octavo.cli", "check", "--site", str(folder)]
    return _take_median(lambda: run_command(command, ROOT, allowed=(0, 1)), runs)


def _time_tables(site: Path, runs: int) -> list[list[str]]:
    rows = make_publications(10_000, "E. Noether", abstracts=False)
    (site / "data" / "publications.yml").write_text(json.dumps(rows), encoding="utf-8")
    for table in ("news", "research"):  # they name rows that no longer exist
        (site / "data" / f"{table}.yml").unlink()
    command = [sys.executable, "-c", "from octavo.tables import load_table; load_table('publications')"]

    def read_anew() -> None:
        shutil.rmtree(site / ".cache", ignore_errors=True)
        run_command(command, site)

    return [
        ["a table of 10,000 rows, first read", _take_median(read_anew, runs)],
        ["a table of 10,000 rows, read again", _take_median(lambda: run_command(command, site), runs)],
    ]


if __name__ == "__main__":
    sys.exit(main())
