"""How long a second language makes a build: the example's cold build in one language and in two, in turns.

    python benchmarks/languages.py [--pairs N]

In two languages, every page but posts is there twice. Whole processes are measured, with every cache deleted.
"""

from __future__ import annotations

import argparse
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
RENDER = '    - /de/**/*.qmd\n    - /de/**/*.ipynb\n    - "!/**/*.de.qmd"\n  pre-render:'


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pairs", type=int, default=7, help="how often each is measured (default: 7)")
    arguments = parser.parse_args(argv)
    with tempfile.TemporaryDirectory() as folder:
        one, two = make_site(Path(folder, "one"), ""), make_site(Path(folder, "two"), "languages: [en, de]\n")
        pairs = [(time_build(one), time_build(two)) for _ in range(arguments.pairs)]
    single, double = (statistics.median(times) for times in zip(*pairs, strict=True))
    ratio = statistics.median(second / first for first, second in pairs)
    print(f"one language: {single:.2f} s, two: {double:.2f} s, {ratio:.2f} times as long")
    print(f"Medians of {arguments.pairs} pairs; {describe_machine()}.")
    return 0


def make_site(folder: Path, languages: str) -> Path:
    """The example, in these languages."""
    lay_out("example", folder)
    settings = folder / "_quarto.yml"
    lines = [line for line in settings.read_text(encoding="utf-8").splitlines() if not line.startswith("languages:")]
    text = "\n".join([*lines, languages])
    settings.write_text(text.replace("  pre-render:", RENDER, 1) if languages else text, encoding="utf-8")
    return folder


def time_build(site: Path) -> float:
    """The seconds that a cold build takes."""
    delete_caches(site)
    start = time.perf_counter()
    run_command(BUILD, site)
    return time.perf_counter() - start


if __name__ == "__main__":
    sys.exit(main())
