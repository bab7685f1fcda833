"""The tables: what the owner wrote in `data/`, checked, as pandas DataFrames.

    papers = load_table("publications")
    papers[papers.selected]

Columns and dtypes are those of `octavo.columns`, rows and their order those of `octavo.rows`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pandas as pd

from octavo.columns import COLUMNS
from octavo.rows import load_profile, load_rows

__all__ = ["build_frame", "load_profile", "load_table"]

_DTYPES: Mapping[str, Any] = {"text": pd.StringDtype(), "flag": "bool", "year": pd.Int64Dtype()}


def load_table(name: str, data: Path | None = None, *, hidden: bool = False) -> pd.DataFrame:
    """A table's rows, those with `hidden: true` only if asked for; empty if the table has no file.

    The DataFrame is the caller's own: changing it changes no other.

    Raises:
        DataError: if any table of the folder has an error; it holds all of them, of all tables.
        OctavoError: if there is no such table.
    """
    return build_frame(name, load_rows(name, data, hidden=hidden))


def build_frame(name: str, rows: Sequence[SimpleNamespace]) -> pd.DataFrame:
    """A table's rows, as `octavo.rows` has them, as a DataFrame in their order."""
    # Of arrays a frame is made several times as fast as of Series, whose indexes it would compare.
    return pd.DataFrame(
        {
            column: pd.array([getattr(row, column) for row in rows], dtype=_DTYPES.get(kind, "object"))
            for column, kind in COLUMNS[name].items()
        }
    )
