"""Measures imports: ten thousand BibTeX entries into a table of ten thousand, again, and a small one.

    python benchmarks/imports.py [--runs N] [--write]

Whole processes are measured, with made-up publications, and with all caches deleted before each run;
`--write` puts the table into docs/understand/figures.qmd.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "toolkit"))

from benchmarks.made_up import make_publications  # noqa: E402
from benchmarks.report import describe_machine, make_table, publish  # noqa: E402

ENTRY = """@inproceedings{{{key},
  title = {{{{{title}}}}},
  author = {{{authors}}},
  booktitle = {{Proceedings of the {venue} Conference on Systems and What They Are Good For}},
  year = {year},
  month = jul,
  pages = {{{page}--{last}}},
  doi = {{10.5555/{key}}},
  publisher = {{Society}},
  abstract = {{{abstract}}},
}}
"""


@dataclass(frozen=True, slots=True)
class Case:
    """An import, the size of the table, and the limits on time and memory."""

    name: str
    rows: int
    entries: int
    is_repeated: bool
    seconds: float
    megabytes: float


CASES = (
    Case("10,000 new entries into 10,000 rows", 10_000, 10_000, False, 15, 1000),
    Case("10,000 entries that exist already", 0, 10_000, True, 10, 1000),
    Case("200 new entries into 200 rows", 200, 200, False, 1.5, 1000),
    Case("200 entries that exist already", 0, 200, True, 1.5, 1000),
)


def main(argv: Sequence[str] | None = None) -> int:
    """Measure and print; 1 if a case is over its limits."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=5, help="how often each is measured (default: 5)")
    parser.add_argument("--write", action="store_true", help="put the table into docs/understand/figures.qmd")
    options = parser.parse_args(argv)
    measured = [(case, *measure_case(case, options.runs)) for case in CASES]
    rows = [
        [case.name, f"{seconds:.2f} s", f"{case.seconds:g} s", f"{megabytes:.0f} MB", f"{case.megabytes:.0f} MB"]
        for case, seconds, megabytes in measured
    ]
    table = make_table(["import", "time", "at most", "memory", "at most"], rows)
    text = f"{table}\n\nMedians of {options.runs} runs; {describe_machine()}."
    publish("imports", text, write=options.write)
    return int(any(seconds > case.seconds or size > case.megabytes for case, seconds, size in measured))


def measure_case(case: Case, runs: int) -> tuple[float, float]:
    """The medians of seconds and of peak megabytes."""
    taken, peaks = [], []
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        make_project(root, case)
        kept = root / "kept"
        if case.is_repeated:
            run_import(root)
        shutil.copytree(root / "data", kept)
        for _ in range(runs):
            shutil.rmtree(root / "data")
            shutil.rmtree(root / ".cache", ignore_errors=True)
            shutil.copytree(kept, root / "data")
            seconds, peak = run_import(root)
            taken.append(seconds)
            peaks.append(peak)
    return statistics.median(taken), statistics.median(peaks)


def make_project(root: Path, case: Case) -> None:
    """A project with a table, and a file with as many other publications."""
    papers = make_publications(case.rows + case.entries, "E. Noether", abstracts=True)
    (root / "data").mkdir()
    (root / "data" / "profile.yml").write_text("name: E. Noether\n", "utf-8")
    rows = "\n".join(map(format_row, papers[: case.rows])) or "[]\n"
    (root / "data" / "publications.yml").write_text(rows, "utf-8")
    (root / "refs.bib").write_text("\n".join(map(format_entry, papers[case.rows :])), "utf-8")


def format_row(paper: dict[str, Any]) -> str:
    """A row as a person would write it, a line for each field."""
    lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in paper.items()]
    return "- " + "\n  ".join(lines) + "\n"


def format_entry(paper: dict[str, Any]) -> str:
    """An entry of BibTeX, with accents as LaTeX writes them."""
    names = " and ".join(paper["authors"]).replace("ü", '{\\"u}').replace("á", "{\\'a}").replace("Ł", "{\\L}")
    number = int(paper["id"].rpartition("-")[2])
    return ENTRY.format(
        key=paper["id"], title=paper["title"], authors=names, venue=paper["venue"], year=paper.get("date", "2026"),
        page=number, last=number + 11, abstract=paper["abstract"],
    )  # fmt: skip


def run_import(root: Path) -> tuple[float, float]:
    """Seconds and megabytes of one import."""
    script = [sys.executable, str(ROOT / "scripts" / "import_publications.py")]
    begin = time.perf_counter()
    with subprocess.Popen(
        [*script, "refs.bib", "--yes"], cwd=root, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    ) as process:
        told = process.stderr.read() if process.stderr else b""
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    seconds = time.perf_counter() - begin
    if process.returncode:
        raise SystemExit(f"the import failed:\n{told.decode()}")
    return seconds, usage.ru_maxrss / (1024 if sys.platform == "linux" else 1024 * 1024)


if __name__ == "__main__":
    sys.exit(main())
