"""The explorer in Chromium: how fast a long list of publications loads and responds to a keystroke.

    python benchmarks/explorer.py [--loads N] [--quarto-most ROWS] [--write]

Two lists, of 1,000 publications with abstracts and BibTeX and of 10,000 without, are built by the embedded renderer. If
Quarto is on PATH, they are compared with its own listing of the same rows, up to `--quarto-most`: it takes minutes to
make one with a thousand. The figures are medians of several loads without a cache, in milliseconds:

- key: from a keystroke to the updated layout of the visible list; the slowest letter of a word
- all: from a keystroke to the last change of the list, out of sight
- FCP: first contentful paint
- DCL: end of DOMContentLoaded

`--write` puts the table into docs/understand/figures.qmd.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import Any

from playwright.sync_api import Browser

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "toolkit"))

from benchmarks.made_up import make_publications  # noqa: E402
from benchmarks.report import describe_machine, make_table, publish  # noqa: E402
from scripts.get_browser import HINT, find_browser  # noqa: E402
from tests.browser.browsers import open_browser  # noqa: E402
from tests.browser.server import serve_site  # noqa: E402
from tests.sites import lay_out  # noqa: E402

OWNER = "E. Noether"
WORD = "adaptive"
HEAD = ("publications", "key", "all", "FCP", "DCL")
# Our limits: key, FCP, DCL.
LIMITS = {1_000: ("8", "", "350", "500"), 10_000: ("16", "", "400", "1500")}
QUARTO_PAGE = """\
---
title: Publications
listing:
  contents: publications.yml
  type: default
  fields: [title, author, date, categories, description]
  categories: true
  sort-ui: true
  filter-ui: true
---
"""
# For each keystroke, the times from it to the first and to the last change that it causes.
STOPWATCH = """() => {
  window.spans = [];
  let start = 0;
  addEventListener("keydown", () => { start = performance.now(); spans.push([]); }, true);
  new MutationObserver(() => {
    document.body.getBoundingClientRect();
    spans.at(-1)?.push(performance.now() - start);
  }).observe(document.querySelector("main"), { subtree: true, childList: true, attributes: true, characterData: true });
}"""
SLOWEST = "() => [Math.max(...spans.map((span) => span[0])), Math.max(...spans.map((span) => span.at(-1)))]"
LOAD_TIMES = """() => [
  performance.getEntriesByName("first-contentful-paint")[0].startTime,
  performance.getEntriesByType("navigation")[0].domContentLoadedEventEnd,
]"""


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--loads", type=int, default=5, help="how often each page is loaded (default: 5)")
    parser.add_argument("--quarto-most", type=int, default=1_000, metavar="ROWS", help="default: 1000")
    parser.add_argument("--write", action="store_true", help="put the table into docs/understand/figures.qmd")
    arguments = parser.parse_args(argv)
    path = find_browser()
    if path is None:
        print(HINT, file=sys.stderr)
        return 1
    most = arguments.quarto_most if shutil.which("quarto") else 0
    with open_browser(path) as browser, tempfile.TemporaryDirectory() as folder:
        rows = measure_lists(browser, Path(folder), arguments.loads, most)
    text = f"{make_table(HEAD, rows)}\n\nMilliseconds, medians of {arguments.loads} loads. {describe_machine()}."
    publish("explorer", text, write=arguments.write)
    return 0


def measure_lists(browser: Browser, folder: Path, loads: int, quarto_most: int) -> list[list[str]]:
    """The lines of the table: the explorer, our limits, and Quarto's listing up to this many rows."""
    lines = []
    for count, limits in LIMITS.items():
        publications = make_publications(count, OWNER, abstracts=count <= 1_000)
        site = build_site(folder / str(count), publications)
        lines.append([f"{count:,}, this site", *measure_site(browser, site, "input[name=q]", loads)])
        lines.append([f"{count:,}, our limit", *limits])
        if count <= quarto_most:
            site = build_listing(folder / f"quarto-{count}", publications)
            lines.append([f"{count:,}, Quarto's listing", *measure_site(browser, site, "input.search", loads)])
    return lines


def build_site(folder: Path, publications: Sequence[dict[str, Any]]) -> Path:
    """The test site of Emmy Noether with these publications, without their own pages."""
    lay_out("noether", folder)
    settings = folder / "_quarto.yml"
    settings.write_text(re.sub(r"(?m)^  post-render: .*\n", "", settings.read_text(encoding="utf-8")), encoding="utf-8")
    (folder / "data" / "publications.yml").write_text(json.dumps(publications), encoding="utf-8")
    (folder / "data" / "news.yml").unlink()
    research = folder / "data" / "research.yml"  # without the site's own publications
    research.write_text(re.sub(r"  publications: .*\n", "", research.read_text(encoding="utf-8")), encoding="utf-8")
    command = [sys.executable, "-m", "octavo.cli", "build", "--renderer", "embedded"]
    subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)
    return folder / "_site"


def build_listing(folder: Path, publications: Sequence[dict[str, Any]]) -> Path:
    """A Quarto website whose page lists the same publications."""
    folder.mkdir(parents=True)
    (folder / "_quarto.yml").write_text("project: {type: website}\nwebsite: {title: Publications}\n")
    (folder / "publications.qmd").write_text(QUARTO_PAGE)
    entries = [
        {
            "title": row["title"],
            "author": ", ".join(row["authors"]),
            "date": row.get("date", "2026") + "-01-01",
            "categories": row["topics"],
            "description": row.get("abstract", row["venue"]),
            "path": f"publications/{row['id']}.html",
        }
        for row in publications
    ]
    (folder / "publications.yml").write_text(json.dumps(entries), encoding="utf-8")
    subprocess.run(["quarto", "render", "--quiet"], cwd=folder, check=True)
    return folder / "_site"


def measure_site(browser: Browser, site: Path, search: str, loads: int) -> list[str]:
    """The figures of the site's list of publications; the selector finds its search field."""
    with serve_site(site, headers={}) as address:
        figures = [measure_load(browser, f"{address}/publications.html", search) for _ in range(loads)]
    return [
        f"{median(column):.1f}" if index < 2 else f"{median(column):.0f}"
        for index, column in enumerate(zip(*figures, strict=True))
    ]


def measure_load(browser: Browser, address: str, search: str) -> tuple[float, ...]:
    """The figures of one load without a cache."""
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    page.goto(address, wait_until="load")
    page.wait_for_timeout(500)
    load_times = page.evaluate(LOAD_TIMES)
    page.evaluate(STOPWATCH)
    page.focus(search)
    for letter in WORD:
        page.keyboard.press(letter)
        page.wait_for_timeout(400)  # Quarto waits before it searches
    key_times = page.evaluate(SLOWEST)
    page.context.close()
    return (*key_times, *load_times)


if __name__ == "__main__":
    sys.exit(main())
