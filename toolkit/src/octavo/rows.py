"""Rows: what the owner wrote in `data/`, checked and typed, as plain objects.

    for paper in load_rows("publications"):
        print(paper.title, paper.date)

A row has the columns of `octavo.columns` as attributes, a missing value as None. Rows are in the order in which
they are shown: publications that aren't out yet first, then the newest first; news and talks the newest first; all
others as in the file. Rows without a date stand last. `octavo.tables` has the same rows as pandas DataFrames.
"""

from __future__ import annotations

import contextlib
import difflib
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from octavo.anchors import name_anchors
from octavo.authors import Author
from octavo.columns import COLUMNS, TABLES
from octavo.data_folder import DataFolder, find_data_folder, read_data_folder
from octavo.dates import PartialDate
from octavo.errors import DataError, OctavoError, Problem
from octavo.identifiers import make_arxiv_address, make_doi_address
from octavo.profile import CvSettings, Profile, ProfileLink
from octavo.schema.vocabulary import CV_SECTIONS, FORTHCOMING, LINK_ROLES

_NEWEST_FIRST = {"news", "talks"}
_MISSING = {"flag": False, "authors": (), "topics": ()}


def load_rows(name: str, data: Path | None = None, *, hidden: bool = False) -> list[SimpleNamespace]:
    """A table's rows, those with `hidden: true` only if asked for; none if the table has no file.

    Raises:
        DataError: if any table of the folder has an error; it holds all of them, of all tables.
        OctavoError: if there is no such table.
    """
    if name not in TABLES:
        near = difflib.get_close_matches(name, TABLES, n=1)
        hint = f"did you mean {near[0]!r}?" if near else f"expected one of {', '.join(TABLES)}"
        raise OctavoError(f"no table is named {name!r} ({hint})")
    return [_copy_row(row) for row in _type_table(name, _read_valid(data), hidden)]


def keep_rows(data: Path | None = None) -> None:
    """Read all tables, so that a process that is forked from this one has their rows; what is wrong is left to it."""
    with contextlib.suppress(DataError):
        folder = _read_valid(data)
        for name in TABLES:
            _type_table(name, folder, hidden=False)


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


def type_rows(table: str, rows: Sequence[Mapping[str, Any]], dead: Collection[str] = ()) -> list[SimpleNamespace]:
    """Validated rows, as plain data, with typed values and all columns, in the table's order.

    Args:
        table: the table's name.
        rows: the table's rows as its file has them.
        dead: addresses to be left off.
    """
    typed = [_type_row(row, dead) for row in rows]
    for row, anchor in zip(typed, name_anchors(table, typed), strict=True):
        row["anchor"] = anchor
    missing = {name: _MISSING.get(kind) for name, kind in COLUMNS[table].items()}
    return [
        SimpleNamespace(**{name: row.get(name, value) for name, value in missing.items()})
        for row in _order_rows(table, typed)
    ]


def _read_valid(data: Path | None) -> DataFolder:
    folder = read_data_folder(data or find_data_folder())
    errors = [problem for problem in folder.list_problems() if problem.severity == "error"]
    if errors:
        raise DataError(errors)
    return folder


# What was typed last, and of what it was.
_TYPED: dict[tuple[str, bool], tuple[object, list[SimpleNamespace]]] = {}


def _type_table(name: str, folder: DataFolder, hidden: bool) -> list[SimpleNamespace]:
    if name not in folder.files:
        return []
    file = folder.files[name]
    source = file.key, folder.missing
    known = _TYPED.get((name, hidden))
    if known is None or known[0] != source:
        rows = [row for row in file.rows if hidden or not row.get("hidden")]
        known = _TYPED[name, hidden] = source, type_rows(name, rows, folder.missing)
    return known[1]


def _copy_row(row: SimpleNamespace) -> SimpleNamespace:
    values = vars(row)
    return SimpleNamespace(**values | {"links": dict(row.links)} if "links" in values else values)


def _make_profile(row: Mapping[str, Any], dead: Collection[str]) -> Profile:
    values = dict(row)
    values["names"] = tuple(row.get("names", ())) or (row["name"],)
    values["links"] = tuple(ProfileLink(**link) for link in row.get("links", ()) if link["url"] not in dead)
    values["photo"] = "" if row.get("photo") in dead else row.get("photo", "")
    cv = row.get("cv", {})
    values["cv"] = CvSettings(**cv | {"sections": tuple(cv.get("sections", CV_SECTIONS))})
    return Profile(**values)


def _type_row(row: Mapping[str, Any], dead: Collection[str]) -> dict[str, Any]:
    typed = dict(row)
    date = PartialDate.parse(row["date"]) if "date" in row else None
    typed |= {"date": date, "year": date.year if date else None}
    typed["forthcoming"] = row.get("status") in FORTHCOMING
    typed["links"] = _list_links(row, dead)
    if "authors" in row:
        typed["authors"] = tuple(_make_author(*sorted(author.items())) for author in row["authors"])
    if "topics" in row:
        typed["topics"] = tuple(row["topics"])
    return typed


@lru_cache(maxsize=65536)
def _make_author(*parts: tuple[str, Any]) -> Author:
    return Author(**dict(parts))


def _list_links(row: Mapping[str, Any], dead: Collection[str]) -> dict[str, str]:
    links: dict[str, str] = {}
    if "arxiv" in row:
        links["arxiv"] = make_arxiv_address(row["arxiv"])
    if "doi" in row:
        links["doi"] = make_doi_address(row["doi"])
    links |= {role: address for role, address in row.get("links", {}).items() if address not in dead}
    return {role: links[role] for role in LINK_ROLES if role in links}


def _order_rows(table: str, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    if table == "publications":
        return sorted(rows, key=_rank_publication, reverse=True)
    return sorted(rows, key=_rank_date, reverse=True) if table in _NEWEST_FIRST else rows


def _rank_publication(row: Mapping[str, Any]) -> tuple[Any, ...]:
    return (row["forthcoming"], *_rank_date(row))


def _rank_date(row: Mapping[str, Any]) -> tuple[Any, ...]:
    """By date, rows without one lowest; rows of the same rank stay in the file's order."""
    date = row["date"]
    return (date is not None, (date.last, date.first) if date else ())
