"""Print or write the publications as the site publishes them, for grant reports and annual reviews."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import get_args

from octavo.citations import format_bibtex, format_csl, format_csv, format_ris, make_item
from octavo.citations.csl import Item
from octavo.cli.parser import make_parser
from octavo.cli.reporting import reports_errors
from octavo.console import say, write_result
from octavo.files import write_file
from octavo.model.publications import Publication
from octavo.model.vocabulary import PublicationType
from octavo.site import load_site
from octavo.tables.data_folder import find_data_folder
from octavo.tables.rows import load_rows

Years = tuple[int, int]

FORMATS: dict[str, Callable[[list[Item]], str]] = {"bibtex": format_bibtex, "csl": format_csl, "ris": format_ris}


@reports_errors()
def main(argv: Sequence[str] | None = None) -> int:
    """Print the chosen publications, or write them to a file; exit status 1 if the tables have an error."""
    arguments = parse_arguments(argv)
    data = arguments.data or find_data_folder()
    publications = choose_rows(load_rows(Publication, data), arguments)
    text = format_rows(publications, arguments, find_site_url(data.parent))
    if arguments.output is None:
        write_result(text)
        return 0
    return write_output(arguments.output, text, len(publications))


def parse_arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    """The command's options; exit status 2 if they aren't understood."""
    parser = make_parser("export", __doc__, "--format bibtex --year 2022-2026", "--format csv --output papers.csv")
    parser.add_argument("--format", choices=[*FORMATS, "csv"], required=True)
    parser.add_argument("--year", type=read_years, metavar="Y|Y-Y", help="only of this year, or of these years")
    parser.add_argument("--type", choices=get_args(PublicationType), metavar="TYPE", help="only of this type (CSL's)")
    parser.add_argument("--selected", action="store_true", help="only those that are on the home page")
    parser.add_argument("--ascii", action="store_true", help=r"BibTeX with LaTeX commands ({\"o}) for BibTeX's styles")
    parser.add_argument("--output", type=Path, metavar="FILE", help="the file to write (default: standard output)")
    parser.add_argument("--data", type=Path, metavar="DIR", help="the tables' folder (default: the project's data/)")
    return parser.parse_args(argv)


def read_years(text: str) -> Years:
    """First and last year of `2024`, `2022-2024` or `2022–2024`.

    Raises:
        argparse.ArgumentTypeError: if the text is neither, or ends before it begins.
    """
    match = re.fullmatch(r"([0-9]{4})(?:[-–]([0-9]{4}))?", text)
    if not match or int(match[2] or match[1]) < int(match[1]):
        raise argparse.ArgumentTypeError(f"{text!r} is neither a year nor a span of years (expected 2024 or 2022-2024)")
    return int(match[1]), int(match[2] or match[1])


def choose_rows(publications: Sequence[Publication], arguments: argparse.Namespace) -> list[Publication]:
    """The rows that the options ask for; one without a date is of no year."""
    years: Years | None = arguments.year
    return [
        row
        for row in publications
        if (years is None or (row.year is not None and years[0] <= row.year <= years[1]))
        and arguments.type in (None, row.type)
        and (row.selected or not arguments.selected)
    ]


def format_rows(rows: Sequence[Publication], arguments: argparse.Namespace, site_url: str) -> str:
    """The rows in the format that is asked for."""
    if arguments.format == "csv":
        return format_csv(rows, site_url)
    items = [make_item(row, site_url) for row in rows]
    return (
        format_bibtex(items, ascii_only=True)
        if arguments.format == "bibtex" and arguments.ascii
        else FORMATS[arguments.format](items)
    )


def find_site_url(root: Path) -> str:
    """The site's address, with which files of the site are named; empty for tables that belong to no site."""
    return load_site(root).url if (root / "_quarto.yml").is_file() else ""


def write_output(file: Path, text: str, count: int) -> int:
    """Write the file and say so; exit status 1 if it can't be written."""
    try:
        write_file(file, text, sync=True)
    except OSError as error:
        say(f"{file}: can't be written: {error.strerror}", file=sys.stderr)
        return 1
    say(f"{file}: {count} publication{'' if count == 1 else 's'}", file=sys.stderr)
    return 0
