"""Measures the cost of a second language: the example's cold build in one language and in two, alternately.

    python benchmarks/languages.py [--pairs N]

Whole processes are measured, with all caches deleted: elapsed time, and processor time, which other programs on the
machine affect less.
"""

from __future__ import annotations

import argparse
import re
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "toolkit"))

from benchmarks.rendering import delete_caches  # noqa: E402
from benchmarks.report import describe_machine  # noqa: E402
from benchmarks.timing import run_command  # noqa: E402
from tests.sites import lay_out  # noqa: E402

BUILD = [sys.executable, "-m", "octavo.cli", "build", "--renderer", "embedded"]


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pairs", type=int, default=7, help="how often each is measured (default: 7)")
    arguments = parser.parse_args(argv)
    with tempfile.TemporaryDirectory() as folder:
        one, two = make_site(Path(folder, "one"), "en"), make_site(Path(folder, "two"), "en, de")
        pairs = [(time_build(one), time_build(two)) for _ in range(arguments.pairs)]
    for number, name in enumerate(("clock", "processor")):
        single, double = (statistics.median(build[number] for build in builds) for builds in zip(*pairs, strict=True))
        ratio = statistics.median(second[number] / first[number] for first, second in pairs)
        print(f"{name}: one language {single:.2f} s, two {double:.2f} s, {ratio:.2f} times as long")
    print(f"Medians of {arguments.pairs} pairs; {describe_machine()}.")
    return 0


def make_site(folder: Path, languages: str) -> Path:
    """The example in these languages."""
    lay_out("example", folder)
    settings = folder / "_quarto.yml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(re.sub("(?m)^languages: .*", f"languages: [{languages}]", text), encoding="utf-8")
    return folder


def time_build(site: Path) -> tuple[float, float]:
    """The elapsed and the processor seconds of a cold build."""
    delete_caches(site)
    start, spent = time.perf_counter(), measure_children()
    run_command(BUILD, site)
    return time.perf_counter() - start, measure_children() - spent


def measure_children() -> float:
    """The processor seconds of all child processes that have ended."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


if __name__ == "__main__":
    sys.exit(main())
