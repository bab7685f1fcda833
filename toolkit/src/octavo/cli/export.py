"""Print or write the publications in another format, or the content of a funder's form.

Whatever a format can't hold, or the tables lack, is listed on standard error.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import get_args

from octavo.citations import format_biblatex, format_bibtex, format_csl, format_csv, format_ris, list_losses, make_item
from octavo.citations.csl import Item
from octavo.cli.commands import make_parser, reports_errors, write_output
from octavo.console import say, write_result
from octavo.documents.grants import FORMS, RULES_READ, list_gaps
from octavo.documents.record import load_record
from octavo.model.publications import Publication
from octavo.model.vocabulary import PublicationType
from octavo.model.words import count_noun
from octavo.site import load_site
from octavo.tables.data_folder import find_data_folder
from octavo.tables.rows import load_rows

Years = tuple[int, int]

FORMATS: dict[str, Callable[[list[Item]], str]] = {
    "bibtex": format_bibtex, "biblatex": format_biblatex, "csl": format_csl, "ris": format_ris,
}  # fmt: skip
# The file name extensions of these formats.
ENDINGS = {"bibtex": ".bib", "biblatex": ".bib", "csl": ".json", "ris": ".ris", "csv": ".csv"}
FORM_ENDINGS = (".csv", ".md", ".txt")
ASCII_FORMATS = {
    "bibtex": partial(format_bibtex, ascii_only=True),
    "biblatex": partial(format_biblatex, ascii_only=True),
}


@reports_errors()
def main(argv: Sequence[str] | None = None) -> int:
    """Print the chosen publications, or write them to a file; exit status 1 if they can't be read or written."""
    arguments = parse_arguments(argv)
    data = arguments.data or find_data_folder()
    if arguments.form:
        return write_form(arguments.form, data.parent, arguments.output)
    publications = choose_rows(load_rows(Publication, data), arguments)
    write = make_writer(arguments, find_site_url(data.parent))
    text = write(publications)
    if arguments.output is None:
        write_result(text)
    else:
        write_output(arguments.output, text, [ENDINGS[arguments.format]])
        say(f"{arguments.output}: {count_noun(len(publications), 'publication')}", file=sys.stderr)
    for loss in list_losses(publications, lambda row: write([row])):
        say(f"{arguments.format} can't hold {loss}", file=sys.stderr)
    return 0


def parse_arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    """The command's options; exit status 2 if they aren't understood."""
    parser = make_parser(
        "export",
        __doc__,
        "--format bibtex --year 2022-2026",
        "--format csv --output exports/papers.csv",
        "--for nsf-coa --output exports/coa.csv",
    )
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--format", choices=[*FORMATS, "csv"])
    what.add_argument("--for", dest="form", choices=FORMS, help="the content of this form, filled in with your data")
    parser.add_argument(
        "--year", type=read_years, metavar="Y|Y-Y", help="only publications of this year, or of these years"
    )
    parser.add_argument(
        "--type", choices=get_args(PublicationType), metavar="TYPE", help="only publications of this CSL type"
    )
    parser.add_argument("--selected", action="store_true", help="only publications on the home page")
    parser.add_argument(
        "--ascii", action="store_true", help=r"BibTeX or biblatex in ASCII, with LaTeX commands ({\"o})"
    )
    parser.add_argument("--output", type=Path, metavar="FILE", help="the file to write (default: standard output)")
    parser.add_argument("--data", type=Path, metavar="DIR", help="the tables' folder (default: the project's data/)")
    arguments = parser.parse_args(argv)
    if arguments.form and (arguments.year or arguments.type or arguments.selected):
        parser.error("--year, --type, and --selected are for --format; a form has its own rules")
    if arguments.ascii and arguments.format not in ASCII_FORMATS:
        parser.error(f"--ascii is for {' and '.join(ASCII_FORMATS)}")
    return arguments


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
    """The rows that the options select; a row without a date matches no year."""
    years: Years | None = arguments.year
    return [
        row
        for row in publications
        if (years is None or (row.year is not None and years[0] <= row.year <= years[1]))
        and arguments.type in (None, row.type)
        and (row.selected or not arguments.selected)
    ]


def make_writer(arguments: argparse.Namespace, site_url: str) -> Callable[[Sequence[Publication]], str]:
    """The function that converts rows to the requested format."""
    if arguments.format == "csv":
        return partial(format_csv, site_url=site_url)
    format_items = (ASCII_FORMATS if arguments.ascii else FORMATS)[arguments.format]
    return lambda rows: format_items([make_item(row, site_url) for row in rows])


def find_site_url(root: Path) -> str:
    """The site's address, for links to its files; empty if the tables belong to no site."""
    return load_site(root).url if (root / "_quarto.yml").is_file() else ""


def write_form(name: str, root: Path, output: Path | None) -> int:
    """Write a funder's form; report which rules it follows and what is missing."""
    form, record, today = FORMS[name], load_record(root), date.today()
    text = form.write(record, today)
    if output is None:
        write_result(text)
    else:
        write_output(output, text, FORM_ENDINGS)
        say(f"{output}: {form.title}", file=sys.stderr)
    say(f"by {form.source}, read on {RULES_READ}; check for newer rules", file=sys.stderr)
    for gap in list_gaps(name, record, today):
        say(gap, file=sys.stderr)
    return 0
