"""Data tables: a chart's data in words and numbers, for everyone who can't see it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from markupsafe import Markup

from octavo.csv_text import write_csv
from octavo.html import element

# More rows are in a file beside the page, not in the page.
MOST_ROWS = 100

Row = Mapping[str, Any]


class DataTable(NamedTuple):
    """Rows under named columns."""

    columns: Sequence[str]
    rows: Sequence[Row]

    def write_html(self) -> Markup:
        """The first rows as a table."""
        head = element("tr", [element("th", name, scope="col") for name in self.columns])
        body = [
            element("tr", [element("td", show_value(row.get(name))) for name in self.columns])
            for row in self.rows[:MOST_ROWS]
        ]
        return element("table", element("thead", head), element("tbody", body))

    def write_csv(self) -> str:
        """All rows as CSV (RFC 4180)."""
        return write_csv(self.columns, ([show_value(row.get(name)) for name in self.columns] for row in self.rows))


def make_table(rows: Sequence[Row], chosen: Iterable[str] = ()) -> DataTable:
    """The rows under all their columns, or those that are `chosen`, if they have any of them."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    some = [name for name in names if name in set(chosen)]
    return DataTable(some or names, rows)


def show_value(value: Any) -> str:
    """A value for a table: without the rounding noise of floating-point numbers."""
    if isinstance(value, float):
        return f"{value:.10g}"
    return "" if value is None else str(value)
