"""The spreadsheet: publications as CSV (RFC 4180), a column a field, for reports that are not written in LaTeX."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from octavo.model.publications import Publication
from octavo.outputs.csl import find_address
from octavo.outputs.texts import clean_text

COLUMNS = (
    *("id", "title", "authors", "date", "year", "type", "status", "venue", "container_title", "volume", "issue"),
    *("page", "publisher", "award", "topics", "doi", "arxiv", "address", "abstract"),
)


def format_csv(rows: Iterable[Publication], site_url: str = "") -> str:
    """The rows with a line of column names; lists are joined by semicolons, `date` is EDTF, `address` as in CSL."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    writer.writerows([_format_cell(row, column, site_url) for column in COLUMNS] for row in rows)
    return text.getvalue()


def _format_cell(row: Publication, column: str, site_url: str) -> str:
    if column == "address":
        return find_address(row, site_url)
    value = getattr(row, column)
    if value is None:
        return ""
    if column == "date":
        return str(value.edtf)
    parts = value if isinstance(value, tuple) else (value,)
    return "; ".join(clean_text(str(part)) for part in parts)
