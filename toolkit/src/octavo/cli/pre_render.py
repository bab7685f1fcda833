"""Check the tables, drop frozen results of older ones, and draw what takes long: Quarto's pre-render hook."""

from __future__ import annotations

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # run from a checkout without installation

from octavo.documents import draw_ahead
from octavo.errors import OctavoError, describe_problems, name_disk_faults
from octavo.freeze import clear_freeze
from octavo.rows import check_tables


def main() -> int:
    """Print the tables' problems; the exit status is 1, and nothing is rendered, if one is an error."""
    root = Path.cwd()
    pages = os.environ.get("QUARTO_PROJECT_INPUT_FILES", "").splitlines()
    problems = check_tables(root / "data")
    if problems:
        print(describe_problems(problems), file=sys.stderr)
    if any(problem.severity == "error" for problem in problems):
        return 1
    try:
        with name_disk_faults():
            clear_freeze(root)
            # The embedded renderer loads pandas at the same time.
            draw_ahead(root, [os.path.relpath(page, root) for page in pages])
    except OctavoError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
