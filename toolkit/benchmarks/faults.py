"""Counts the faults that builds and the preview survive: those of `tests/faults`, and many more at random.

    python benchmarks/faults.py [--kills 200] [--full 100] [--edits 500] [--write]

`--kills` and `--full` interrupt that many builds of a changing site by a kill or a full disk, and `--edits` edits it at
random, all at the same time; each next build is compared with a clean one. `--write` puts the table into
docs/understand/figures.qmd. Faults that can't be tried on this machine, without Quarto or a separate disk, aren't
counted.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from random import Random
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "toolkit"))

from benchmarks.report import describe_machine, make_table, publish  # noqa: E402
from tests.faults.changes import Subject, edit_once, fill_once, kill_once  # noqa: E402
from tests.faults.disks import mount_disk  # noqa: E402

WAYS = ("the embedded renderer", "Quarto", "the preview")
CAMPAIGNS = {
    "kills": "a build of changed files, killed at a random moment",
    "full": "a build of changed files, on a disk that fills up at a random point",
    "edits": "a build after random edits of any kind of file",
}
# For a very slow machine; a run takes five minutes.
SECONDS = 3600


def main(argv: Sequence[str] | None = None) -> int:
    """Try the faults and print the table; 1 if one isn't survived, or none could be tried."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="put the table into docs/understand/figures.qmd")
    parser.add_argument("--seed", type=int, default=1918, help="where the random changes begin (default: %(default)s)")
    for name, default in CAMPAIGNS.items():
        parser.add_argument(f"--{name}", type=int, default=0, metavar="N", help=f"N times {default}")
    options = parser.parse_args(argv)
    with ProcessPoolExecutor(1 + len(CAMPAIGNS)) as pool:
        catalogue = pool.submit(try_faults)
        running = {
            name: pool.submit(repeat, name, count, options.seed)
            for name in CAMPAIGNS
            if (count := getattr(options, name))
        }
        tried, survived = catalogue.result()
        for name, campaign in running.items():
            tried[CAMPAIGNS[name]], survived[CAMPAIGNS[name]] = getattr(options, name), campaign.result()
    rows = [[way, str(tried[way]), str(survived[way])] for way in (*WAYS, *CAMPAIGNS.values()) if tried[way]]
    table = make_table(["tested with", "faults tried", "survived"], rows)
    text = (
        "Full and read-only disks, cells that never end, print too much, eat memory or kill their process, two builds "
        "at once, wrong locales, odd paths, line endings, links, and file times.\n\n"
        f"{table}\n\n{describe_machine()}."
    )
    publish("faults", text, write=options.write and bool(rows))
    return int(tried != survived or not rows)


def try_faults() -> tuple[Counter[str], Counter[str]]:
    """The numbers of faults that were tried and survived, by what they were tested with."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        command = [sys.executable, "-m", "pytest", "tests/faults", f"--junitxml={report}"]
        subprocess.run(command, cwd=ROOT / "toolkit", stdout=sys.stderr, check=False, timeout=SECONDS)
        return count_results(ElementTree.parse(report).getroot())


def repeat(name: str, count: int, seed: int) -> int:
    """Run one of `CAMPAIGNS` this many times; returns how many builds the site survived, and reports the others."""
    random = Random(seed)
    tried = survived = 0
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        disk = stack.enter_context(mount_disk(folder / "disk")) if name == "full" else None
        subject = Subject(folder, disk)
        try_once: Callable[[], bool] = {
            "kills": lambda: kill_once(subject, random),
            "full": lambda: disk is not None and fill_once(subject, random, disk),
            "edits": lambda: edit_once(subject, random),
        }[name]
        while tried < count:
            try:
                interrupted = try_once()
                tried, survived = tried + interrupted, survived + interrupted
            except AssertionError as error:
                tried += 1
                sys.stderr.write(f"{name} {tried} of seed {seed}: {error}\n")
                subject.start_over()
            sys.stderr.write(f"{name}: {survived} of {tried} survived\n")
    return survived


def count_results(report: ElementTree.Element) -> tuple[Counter[str], Counter[str]]:
    """Count the tests in a JUnit report that ran, and those that passed."""
    tried: Counter[str] = Counter()
    survived: Counter[str] = Counter()
    for case in report.iter("testcase"):
        results = {result.tag for result in case}
        if "skipped" not in results:
            tried[find_way(case)] += 1
            survived[find_way(case)] += not results & {"failure", "error"}
    return tried, survived


def find_way(case: ElementTree.Element) -> str:
    """What this test tests the fault with."""
    if case.get("classname", "").endswith("test_preview"):
        return "the preview"
    return "Quarto" if "[quarto" in case.get("name", "") else "the embedded renderer"


if __name__ == "__main__":
    sys.exit(main())
