"""Rows: those of a DataFrame as plain objects, for whatever prints or writes them."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace

import pandas as pd


def iterate_rows(frame: pd.DataFrame) -> Iterator[SimpleNamespace]:
    """Each row with the columns as attributes, in order; a missing value is None, not pandas' NA.

    One pass a column and one a row: `itertuples` gives NA, and `iterrows` builds a Series for each row.
    """
    names = list(frame.columns)
    columns = [
        [None if missing else value for value, missing in zip(column.tolist(), column.isna().tolist(), strict=True)]
        for column in (frame[name] for name in names)
    ]
    for values in zip(*columns, strict=True):
        yield SimpleNamespace(**dict(zip(names, values, strict=True)))
