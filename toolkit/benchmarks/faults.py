"""How many faults both ways to build and the preview survive: those of `tests/faults`, tried and counted.

    python benchmarks/faults.py [--write]

`--write` puts the table into docs/figures.md. What can't be tried on this machine, without Quarto or without a disk of
its own, isn't counted as tried.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "toolkit"))

from benchmarks.report import describe_machine, make_table, publish  # noqa: E402

WAYS = ("the embedded renderer", "Quarto", "the preview")
# For the worst of machines; a run takes five minutes.
SECONDS = 3600


def main(argv: Sequence[str] | None = None) -> int:
    """Try, print; 1 if one isn't survived, or none could be tried."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="put the table into docs/figures.md")
    options = parser.parse_args(argv)
    tried, survived = try_faults()
    rows = [[way, str(tried[way]), str(survived[way])] for way in WAYS if tried[way]]
    table = make_table(["met by", "faults tried", "survived"], rows)
    text = (
        "Full and read-only disks, cells that never end, print too much, eat memory or kill their process, two builds "
        "at once, wrong locales, odd paths, line ends, links and file times.\n\n"
        f"{table}\n\n{describe_machine()}."
    )
    publish("faults", text, write=options.write and bool(rows))
    return int(tried != survived or not rows)


def try_faults() -> tuple[Counter[str], Counter[str]]:
    """How many faults were tried, and how many survived, by what met them."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        command = [sys.executable, "-m", "pytest", "tests/faults", f"--junitxml={report}"]
        subprocess.run(command, cwd=ROOT, stdout=sys.stderr, check=False, timeout=SECONDS)
        return count_results(ElementTree.parse(report).getroot())


def count_results(report: ElementTree.Element) -> tuple[Counter[str], Counter[str]]:
    """Count the tests of a JUnit report that were run, and those that passed."""
    tried: Counter[str] = Counter()
    survived: Counter[str] = Counter()
    for case in report.iter("testcase"):
        results = {result.tag for result in case}
        if "skipped" not in results:
            tried[find_way(case)] += 1
            survived[find_way(case)] += not results & {"failure", "error"}
    return tried, survived


def find_way(case: ElementTree.Element) -> str:
    """What met the fault of this test."""
    if case.get("classname", "").endswith("test_preview"):
        return "the preview"
    return "Quarto" if "[quarto" in case.get("name", "") else "the embedded renderer"


if __name__ == "__main__":
    sys.exit(main())
