"""The tables: what the owner wrote in `data/`, checked, as pandas DataFrames.

    papers = load_table("publications")
    papers[papers.selected]

Columns and dtypes are those of `octavo.model.columns`, rows and their order those of `octavo.tables.rows`.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from octavo.tables.rows import load_profile, load_rows

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["load_profile", "load_table"]


def load_table(name: str, data: Path | None = None, *, hidden: bool = False) -> pd.DataFrame:
    """A table's rows, those with `hidden: true` only if asked for; empty if the table has no file.

    The DataFrame is the caller's own: changing it changes no other.

    Raises:
        DataError: if any table of the folder has an error; it holds all of them, of all tables.
        OctavoError: if there is no such table.
    """
    from octavo.tables.frames import build_frame  # with pandas, which only pages need

    return build_frame(name, load_rows(name, data, hidden=hidden))
