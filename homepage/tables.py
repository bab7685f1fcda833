"""The tables: what the owner wrote in `data/`, checked, as pandas DataFrames.

    papers = load_table("publications")
    papers[papers.selected]

Columns and dtypes are those of `homepage.columns`. Rows are in the order in which they are shown:
publications that aren't out yet first, then the newest first; news and talks the newest first; all others as
in the file. Rows without a date stand last.
"""

from __future__ import annotations

import difflib
from collections.abc import Collection
from pathlib import Path
from typing import Any

import pandas as pd

from homepage.columns import TABLES
from homepage.data_folder import DataFolder, read_data_folder
from homepage.data_folder import find_data_folder as find_data_folder
from homepage.errors import DataError, HomepageError, Problem
from homepage.frames import build_frame
from homepage.profile import CvSettings, Profile, ProfileLink
from homepage.schema.vocabulary import CV_SECTIONS


def load_table(name: str, data: Path | None = None, *, hidden: bool = False) -> pd.DataFrame:
    """A table's rows, those with `hidden: true` only if asked for; empty if the table has no file.

    The DataFrame is the caller's own: changing it changes no other.

    Raises:
        DataError: if any table of the folder has an error; it holds all of them, of all tables.
        HomepageError: if there is no such table.
    """
    if name not in TABLES:
        near = difflib.get_close_matches(name, TABLES, n=1)
        hint = f"did you mean {near[0]!r}?" if near else f"expected one of {', '.join(TABLES)}"
        raise HomepageError(f"no table is named {name!r} ({hint})")
    folder = _read_valid(data)
    rows = folder.files[name].rows if name in folder.files else ()
    return build_frame(name, [row for row in rows if hidden or not row.get("hidden")], folder.missing)


def load_profile(data: Path | None = None) -> Profile:
    """Whose page it is.

    Raises:
        DataError: if any table of the folder has an error; it holds all of them, of all tables.
    """
    folder = _read_valid(data)
    return _make_profile(folder.files["profile"].rows[0], folder.missing)


def check_tables(data: Path | None = None) -> list[Problem]:
    """Every problem of every table, errors and warnings, by file and line; empty if there is none."""
    return read_data_folder(data or find_data_folder()).list_problems()


def _read_valid(data: Path | None) -> DataFolder:
    folder = read_data_folder(data or find_data_folder())
    errors = [problem for problem in folder.list_problems() if problem.severity == "error"]
    if errors:
        raise DataError(errors)
    return folder


def _make_profile(row: dict[str, Any], dead: Collection[str]) -> Profile:
    values = dict(row)
    values["names"] = tuple(row.get("names", ())) or (row["name"],)
    values["links"] = tuple(ProfileLink(**link) for link in row.get("links", ()) if link["url"] not in dead)
    values["photo"] = "" if row.get("photo") in dead else row.get("photo", "")
    cv = row.get("cv", {})
    values["cv"] = CvSettings(**cv | {"sections": tuple(cv.get("sections", CV_SECTIONS))})
    return Profile(**values)
