"""Write the CV's tables in another system's format: `python scripts/export_cv.py --format rendercv > cv.yaml`.

What the format can't hold is listed on standard error.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # run from a checkout without installation

from octavo.console import say, write_result
from octavo.documents.csv_tables import iterate_csv, list_csv_losses
from octavo.documents.json_resume import format_json_resume, list_json_resume_losses
from octavo.documents.record import Record, load_record
from octavo.documents.rendercv import format_rendercv, list_rendercv_losses
from octavo.errors import OctavoError
from octavo.files import write_file

FORMATS = {
    "json-resume": (format_json_resume, list_json_resume_losses),
    "rendercv": (format_rendercv, list_rendercv_losses),
}


def main(argv: Sequence[str] | None = None) -> int:
    """Write the export and name what it lacks; 1 if the tables have an error."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--format", choices=[*FORMATS, "csv"], required=True)
    parser.add_argument("--output", type=Path, help="a file (default: standard output); for csv a folder")
    options = parser.parse_args(argv)
    if options.format == "csv" and not options.output:
        parser.error("--format csv needs --output, a folder for the tables' files")
    try:
        record = load_record(Path(os.environ.get("QUARTO_PROJECT_ROOT") or "."))
    except OctavoError as error:
        say(error, file=sys.stderr)
        return 1
    losses = export_csv(record, options.output) if options.format == "csv" else export(record, options)
    for loss in losses:
        say(f"{options.format} can't hold {loss}", file=sys.stderr)
    return 0


def export(record: Record, options: argparse.Namespace) -> list[str]:
    """Write a format that is one text; returns what it lacks."""
    format_record, list_losses = FORMATS[options.format]
    text = format_record(record)
    if options.output:
        write_file(options.output, text)
    else:
        write_result(text)
    return list_losses(record)


def export_csv(record: Record, folder: Path) -> list[str]:
    """Write a file of each table into the folder; returns what they lack."""
    for name, text in iterate_csv(record):
        write_file(folder / name, text)
    return list_csv_losses(record)


if __name__ == "__main__":
    sys.exit(main())
