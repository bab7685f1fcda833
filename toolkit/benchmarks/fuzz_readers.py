"""Tests the readers with random files in each format: nearly valid, damaged, and meaningless ones.

    python benchmarks/fuzz_readers.py [--inputs N] [--seed N] [--write]

The inputs and assertions are those of the tests (see tests/importing/promises.py), only more of them; `--write` puts
the table into docs/understand/figures.qmd. A failing input is printed, and the exit status is 1.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, seed, settings

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "toolkit"))

from benchmarks.report import describe_machine, make_table, publish  # noqa: E402
from tests.importing.fuzzing import FORMATS, Document, documents, garbage  # noqa: E402
from tests.importing.promises import check_promises  # noqa: E402

SHOWN_FAILURES = 3


@dataclass
class Tally:
    """The results for one format."""

    tried: int = 0
    failures: list[tuple[bytes, Exception]] = field(default_factory=list)
    slowest: float = 0
    """Seconds."""

    def try_document(self, document: Document) -> None:
        """Read a document, check it, and count it."""
        begin = time.perf_counter()
        try:
            check_promises(document)
        except Exception as error:
            self.failures.append((document.content, error))
        self.slowest = max(self.slowest, time.perf_counter() - begin)
        self.tried += 1


def main(argv: Sequence[str] | None = None) -> int:
    """Try the inputs and print the table; 1 if any failed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--inputs", type=int, default=2000, help="how many of each format (default: 2000)")
    parser.add_argument("--seed", type=int, default=1, help="others are tried with another one (default: 1)")
    parser.add_argument("--write", action="store_true", help="put the table into docs/understand/figures.qmd")
    options = parser.parse_args(argv)
    tallies = {format_: fuzz_format(format_, options.inputs, options.seed) for format_ in FORMATS}
    rows = [
        [FORMATS[format_], f"{tally.tried:,}", str(len(tally.failures)), f"{1000 * tally.slowest:.0f} ms"]
        for format_, tally in tallies.items()
    ]
    table = make_table(["format", "inputs tried", "failures", "slowest"], rows)
    total = sum(tally.tried for tally in tallies.values())
    text = f"{table}\n\n{total:,} inputs in all; {describe_machine()}."
    publish("fuzzing", text, write=options.write)
    for content, error in [one for tally in tallies.values() for one in tally.failures[:SHOWN_FAILURES]]:
        print(f"\n{content!r}\n{type(error).__name__}: {error}", file=sys.stderr)
    return int(any(tally.failures for tally in tallies.values()))


def fuzz_format(format_: str, inputs: int, seed_: int) -> Tally:
    """Try damaged files, and for every fifth input arbitrary bytes."""
    tally = Tally()
    for strategy, count in ((documents(format_), inputs - inputs // 5), (garbage(format_), inputs // 5)):
        configure = settings(
            max_examples=max(1, count), deadline=None, database=None, phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )  # fmt: skip
        seed(seed_)(configure(given(strategy)(tally.try_document)))()
    return tally


if __name__ == "__main__":
    sys.exit(main())
