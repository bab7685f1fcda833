"""The spreadsheet: publications as CSV, one column per field, for reports that aren't written in LaTeX."""

from __future__ import annotations

from collections.abc import Iterable

from octavo.citations.csl import clean_text, find_address
from octavo.csv_text import write_csv
from octavo.markdown import plain_title
from octavo.model.authors import Author
from octavo.model.dates import PartialDate
from octavo.model.fields import Role, is_inline, list_fields
from octavo.model.publications import Publication

_FIELDS = list_fields(Publication)
_IN_CELLS = (str, Author, PartialDate)
# Every field whose values fit into a cell, and what is derived from fields.
COLUMNS = (
    *(name for name, field in _FIELDS.items() if field.base in _IN_CELLS and field.role is not Role.PICTURE),
    "year",
    "address",
)

_INLINE = frozenset(name for name, field in _FIELDS.items() if is_inline(field))


def format_csv(rows: Iterable[Publication], site_url: str = "") -> str:
    """The rows under their column names, in their original language.

    Lists are joined by semicolons, `date` is EDTF, `address` as in CSL.
    """
    return write_csv(COLUMNS, ([_format_cell(row.original, column, site_url) for column in COLUMNS] for row in rows))


def _format_cell(row: Publication, column: str, site_url: str) -> str:
    if column == "address":
        return find_address(row, site_url)
    value = getattr(row, column)
    if value is None:
        return ""
    if isinstance(value, PartialDate):
        return str(value.edtf)
    if column in _INLINE:
        value = plain_title(clean_text(value))
    parts = value if isinstance(value, tuple) else (value,)
    return "; ".join(clean_text(str(part)) for part in parts)
