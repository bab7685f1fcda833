"""DataFrames, read row by row by whatever prints them; who makes none needs no pandas."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace
from typing import TYPE_CHECKING

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
