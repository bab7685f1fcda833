"""Lighthouse's scores for the built pages, on mobile and on desktop, next to the same pages by plain Quarto.

    python benchmarks/lighthouse.py [--runs N] [--write]

It needs Lighthouse 13 (`npm install --global lighthouse@13`), Node 22 for it, and a Chromium. The pages are served from
this machine, compressed and with their published headers. Each figure is the median of its runs, out of 100; the audits
that failed are listed below the table. Plain Quarto, which has no pages of papers, is left out if it isn't on PATH.
`--write` puts the table into docs/understand/figures.qmd.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "toolkit"))

from benchmarks.report import describe_machine, make_table, publish  # noqa: E402
from benchmarks.sites import make_own_site, make_plain_quarto_site  # noqa: E402
from benchmarks.timing import run_command  # noqa: E402
from octavo.model.words import count_noun  # noqa: E402
from scripts.get_browser import HINT, find_browser  # noqa: E402
from tests.browser.server import read_headers, serve_site  # noqa: E402

CATEGORIES = ("performance", "accessibility", "best-practices", "seo", "agentic-browsing")
FORMS = {"mobile": [], "desktop": ["--preset=desktop"]}
CHROMIUM = "--headless=new --no-sandbox --disable-gpu --disable-background-networking"
INSTALL = "npm install --global lighthouse@13, with Node 22 or newer"

Marks = dict[str, float]


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=3, help="how often each page is judged (default: 3)")
    parser.add_argument("--write", action="store_true", help="put the table into docs/understand/figures.qmd")
    arguments = parser.parse_args(argv)
    missing = None if shutil.which("lighthouse") else f"there is no lighthouse on PATH: {INSTALL}"
    if missing or not find_browser():
        print(missing or HINT, file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as folder:
        rows, losses, versions = judge_sites(Path(folder), arguments.runs)
    parts = [
        make_table(["page", *(category.replace("-", " ") for category in CATEGORIES)], rows),
        "\n".join(f"- {loss}, on {count_noun(count, 'page')}" for loss, count in losses.items()),
        f"Median of {count_noun(arguments.runs, 'run')} of {versions}; {describe_machine()}.",
    ]
    text = "\n\n".join(part for part in parts if part)
    publish("lighthouse", text, write=arguments.write)
    return 0


def judge_sites(folder: Path, runs: int) -> tuple[list[list[str]], Counter[str], str]:
    """The table's rows, on how many pages of a site each audit failed, counted per device, and what judged them."""
    rows, losses, versions = [], Counter[str](), ""
    for site, built, pages, headers in build_sites(folder):
        with serve_site(built, headers, compressed=True) as address:
            for page in pages:
                for form, options in FORMS.items():
                    reports = [judge_page(f"{address}/{page}", options) for _ in range(runs)]
                    marks = [f"{median(read_marks(report)[name] for report in reports):.0f}" for name in CATEGORIES]
                    name = f"{site}, {page}, {form}"
                    rows.append([name, *marks])
                    losses.update(f"{site}, {form}, {audit}" for audit in find_losses(reports))
                    versions = read_versions(reports[0])
    return rows, losses, versions


def build_sites(folder: Path) -> Iterator[tuple[str, Path, list[str], dict[str, str]]]:
    """Build this site and plain Quarto's: name, folder, pages, and headers of each."""
    own = make_own_site(folder / "own")
    run_command([sys.executable, "-m", "octavo.cli", "build", "--renderer", "embedded"], own)
    paper = sorted(path.name for path in (own / "_site/publications").glob("*.html") if path.stem != "paper")[0]
    pages = ["index.html", "publications.html", f"publications/{paper}"]
    yield "this site", own / "_site", pages, read_headers(ROOT / "netlify.toml")
    if shutil.which("quarto"):
        plain = make_plain_quarto_site(folder / "plain")
        run_command(["quarto", "render"], plain)
        yield "plain Quarto", plain / "_site", ["index.html", "publications.html"], {}


def judge_page(address: str, options: Sequence[str]) -> dict[str, Any]:
    """Lighthouse's report on the page.

    Raises:
        SystemExit: if Lighthouse fails, or is a version that lacks one of the CATEGORIES.
    """
    command = ["lighthouse", address, *options, "--output=json", "--quiet", f"--chrome-flags={CHROMIUM}"]
    environment = {**os.environ, "CHROME_PATH": str(find_browser())}
    done = subprocess.run(command, capture_output=True, text=True, env=environment)
    if done.returncode:
        raise SystemExit(f"{' '.join(command)} failed:\n{done.stderr}")
    report: dict[str, Any] = json.loads(done.stdout)
    absent = [name for name in CATEGORIES if name not in report["categories"]]
    if absent:
        version = report["lighthouseVersion"]
        raise SystemExit(f"Lighthouse {version} has no category {' or '.join(absent)}; install a newer one: {INSTALL}")
    return report


def read_versions(report: dict[str, Any]) -> str:
    """The versions of Lighthouse and of the browser that made the report."""
    browser = re.search(r"Chrome/([\d.]+)", report["environment"]["hostUserAgent"])
    return f"Lighthouse {report['lighthouseVersion']} in Chromium {browser[1] if browser else 'of unknown version'}"


def read_marks(report: dict[str, Any]) -> Marks:
    """The report's scores, up to 100, by category; 0 for a missing one."""
    return {name: 100 * (report["categories"][name]["score"] or 0) for name in CATEGORIES}


def find_losses(reports: Sequence[dict[str, Any]]) -> list[str]:
    """The titles of the audits that lowered a score in most of the reports on a page."""
    losses = []
    for name in CATEGORIES:
        for reference in reports[0]["categories"][name]["auditRefs"]:
            audits = [report["audits"][reference["id"]] for report in reports]
            # An audit that doesn't apply has no score.
            scores = [1 if audit["score"] is None else audit["score"] for audit in audits]
            if reference["weight"] and median(scores) < 1:
                # The title says what is wrong only where it is.
                losses.append(f"{name}: {audits[scores.index(min(scores))]['title']}")
    return losses


if __name__ == "__main__":
    raise SystemExit(main())
