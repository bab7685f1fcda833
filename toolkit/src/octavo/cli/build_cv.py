"""Make the CV's PDFs from the tables, as every render does: `python scripts/build_cv.py`."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from octavo.console import say
from octavo.documents.cv import find_publications_file
from octavo.documents.cv_files import write_cv_files
from octavo.documents.publish import open_cache
from octavo.documents.record import load_record
from octavo.errors import OctavoError


def main(argv: Sequence[str] | None = None) -> int:
    """Write both PDFs and name them; 1 if the tables have an error or name no file for the CV."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--output", type=Path, default=Path("_site"), help="the folder (default: _site)")
    output = parser.parse_args(argv).output
    root = Path(os.environ.get("QUARTO_PROJECT_ROOT") or ".")
    try:
        record = load_record(root)
        notes = write_cv_files(output, root, record, open_cache(root))
    except OctavoError as error:
        say(error, file=sys.stderr)
        return 1
    cv_file = record.profile.cv.file
    if not cv_file:
        say("data/profile.yml names no file for the CV (cv: {file: docs/cv.pdf})", file=sys.stderr)
        return 1
    for line in [*notes, *_list_made([output / cv_file, output / find_publications_file(cv_file)])]:
        say(line)
    return 0


def _list_made(files: Sequence[Path]) -> list[str]:
    return [f"{file} ({file.stat().st_size / 1000:.0f} kB)" for file in files if file.exists()]


if __name__ == "__main__":
    sys.exit(main())
