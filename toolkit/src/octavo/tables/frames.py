"""DataFrames, read row by row by whatever prints them; who makes none needs no pandas."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from octavo.model.columns import COLUMNS

if TYPE_CHECKING:
    import pandas as pd


def iterate_rows(frame: pd.DataFrame) -> Iterator[SimpleNamespace]:
    """Each row with the columns as attributes, in order; a missing value is None, not pandas' NA.

    One pass a column and one a row: `itertuples` gives NA, and `iterrows` builds a Series for each row.
    """
    names = list(frame.columns)
    arrays = [column.array for _, column in frame.items()]
    columns = [
        [None if missing else value for value, missing in zip(array.tolist(), array.isna().tolist(), strict=True)]
        for array in arrays
    ]
    for values in zip(*columns, strict=True):
        yield SimpleNamespace(**dict(zip(names, values, strict=True)))


def build_frame(name: str, rows: Sequence[SimpleNamespace]) -> pd.DataFrame:
    """A table's rows, as `octavo.tables.rows` has them, as a DataFrame in their order."""
    import pandas as pd

    dtypes: Mapping[str, Any] = {"text": pd.StringDtype(), "flag": "bool", "year": pd.Int64Dtype()}
    # Of arrays a frame is made several times as fast as of Series, whose indexes it would compare.
    return pd.DataFrame(
        {
            column: pd.array([getattr(row, column) for row in rows], dtype=dtypes.get(kind, "object"))
            for column, kind in COLUMNS[name].items()
        }
    )
