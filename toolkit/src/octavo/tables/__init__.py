"""The tables in `data/`, checked, as typed rows or as pandas DataFrames.

    papers = load_table("publications")
    papers[papers.selected]

Columns and dtypes are those of `octavo.tables.frames`, rows and their order those of `octavo.tables.rows`.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from octavo.model.catalog import TABLES
from octavo.tables.frames import build_frame
from octavo.tables.rows import CheckedTables, check_tables, find_table, load_profile, load_rows

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["check_tables", "load_profile", "load_rows", "load_table", "load_tables"]


def load_table(name: str, data: Path | None = None, *, hidden: bool = False) -> pd.DataFrame:
    """A table's rows, hidden ones only if requested; empty if the table has no file.

    The DataFrame is a copy, which the caller may change.

    Raises:
        DataError: if any table of the folder has an error; it holds all of them, of all tables.
        OctavoError: if there is no such table.
    """
    row_type = find_table(name)
    return build_frame(row_type, load_rows(row_type, data, hidden=hidden))


def load_tables(data: Path | None = None) -> dict[str, pd.DataFrame]:
    """All tables by name, as `load_table` returns them.

    Raises:
        DataError: if any table of the folder has an error; it holds all of them, of all tables.
    """
    tables = CheckedTables(data)
    return {name: build_frame(row_type, tables.list_rows(row_type)) for name, row_type in TABLES.items()}
