"""The spreadsheet: publications as CSV, one column per field, for reports that aren't written in LaTeX."""

from __future__ import annotations

from collections.abc import Iterable

from octavo.citations.csl import find_address
from octavo.citations.texts import clean_text
from octavo.csv_text import write_csv
from octavo.markdown import plain_title
from octavo.model.fields import is_inline, list_fields
from octavo.model.publications import Publication

COLUMNS = (
    *("id", "title", "authors", "date", "year", "type", "status", "venue", "container_title", "volume", "issue"),
    *("page", "publisher", "award", "note", "topics", "doi", "arxiv", "address", "abstract"),
)

_INLINE = frozenset(name for name, field in list_fields(Publication).items() if is_inline(field))


def format_csv(rows: Iterable[Publication], site_url: str = "") -> str:
    """The rows under their column names; lists are joined by semicolons, `date` is EDTF, `address` as in CSL."""
    return write_csv(COLUMNS, ([_format_cell(row, column, site_url) for column in COLUMNS] for row in rows))


def _format_cell(row: Publication, column: str, site_url: str) -> str:
    if column == "address":
        return find_address(row, site_url)
    value = getattr(row, column)
    if value is None:
        return ""
    if column == "date":
        return str(value.edtf)
    if column in _INLINE:
        value = plain_title(clean_text(value))
    parts = value if isinstance(value, tuple) else (value,)
    return "; ".join(clean_text(str(part)) for part in parts)
