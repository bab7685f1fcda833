"""Check every table and print what is wrong, one line a problem, as file:line:column: message."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # run from a checkout without installation

from octavo.tables.data_folder import find_data_folder
from octavo.tables.rows import check_tables


def main(argv: Sequence[str] | None = None) -> int:
    """Print the problems to standard error; exit status 1 if one of them is an error, not only a warning."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, metavar="DIR", help="the tables' folder (default: the project's data/)")
    folder = parser.parse_args(argv).data or find_data_folder()
    problems = check_tables(folder)
    for problem in problems:
        print(problem, file=sys.stderr)
    errors = sum(problem.severity == "error" for problem in problems)
    print(f"{folder}: {_count(errors, 'error')}, {_count(len(problems) - errors, 'warning')}", file=sys.stderr)
    return 1 if errors else 0


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


if __name__ == "__main__":
    sys.exit(main())
