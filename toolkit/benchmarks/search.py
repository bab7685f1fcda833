"""Measures what a search loads: scripts and index before the first result, and the pieces of the index.

    python benchmarks/search.py [--write]

Bytes are those of brotli. The sites are this repository's own, its example, and Emmy Noether's with made-up papers.
`--write` puts the table into docs/understand/figures.qmd.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import brotli  # type: ignore[import-untyped]

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "toolkit"))

from benchmarks.made_up import make_publications  # noqa: E402
from benchmarks.report import make_table, publish  # noqa: E402
from tests.building import build_site  # noqa: E402
from tests.sites import lay_out  # noqa: E402

SIZES = (500, 10_000)
# Measured once, with its interface for 100 pages.
PAGEFIND = ["Pagefind, with WebAssembly", "", "", "97.0 kB", ""]


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="put the table into docs/understand/figures.qmd")
    arguments = parser.parse_args(argv)
    with tempfile.TemporaryDirectory() as folder:
        rows = [_measure("this site", make_site("homepage", Path(folder, "own")))]
        rows.append(_measure("the example, 45 publications", make_site("example", Path(folder, "example"))))
        for size in SIZES:
            site = make_site("noether", Path(folder, str(size)), size)
            rows.append(_measure(f"{size:,} publications with abstracts", site))
    head = ["site", "scripts", "the page, with titles and index", "before the first result", "all pieces"]
    publish("search", make_table(head, [*rows, PAGEFIND]), write=arguments.write)
    return 0


def make_site(name: str, folder: Path, publications: int = 0) -> Path:
    """Build a site with a search, with this many made-up publications, if any."""
    lay_out(name, folder)
    settings = folder / "_quarto.yml"
    text = settings.read_text(encoding="utf-8")
    if name != "example":
        text = text.replace("nav:\n", "nav:\n  - {text: Search, href: /search.html}\n")
    if publications:
        text += "\ncards: none\n"
        rows = json.dumps(make_publications(publications, "E. Noether", abstracts=True))
        (folder / "data" / "publications.yml").write_text(rows, encoding="utf-8")
        (folder / "data" / "news.yml").write_text("[]\n", encoding="utf-8")
        research = folder / "data" / "research.yml"  # without the site's own publications
        research.write_text(re.sub(r"  publications: .*\n", "", research.read_text(encoding="utf-8")), encoding="utf-8")
    settings.write_text(text, encoding="utf-8")
    return build_site(folder)


def _measure(name: str, site: Path) -> list[str]:
    scripts = _weigh(site / "search/search.js")
    page = _weigh(site / "search.html")
    pieces = sorted((site / "search").glob("terms-*.txt"))
    # A word is in one piece, rarely in two.
    first = scripts + page + max(map(_weigh, pieces), default=0)
    return [name, *(f"{size / 1000:.1f} kB" for size in (scripts, page, first, sum(map(_weigh, pieces))))]


def _weigh(file: Path) -> int:
    return len(brotli.compress(file.read_bytes()))


if __name__ == "__main__":
    raise SystemExit(main())
