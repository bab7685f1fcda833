"""The DataFrame of a table, from its validated rows."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from typing import Any

import pandas as pd

from homepage.addresses import make_arxiv_address, make_doi_address
from homepage.anchors import name_anchors
from homepage.authors import Author
from homepage.columns import COLUMNS
from homepage.dates import PartialDate
from homepage.schema.vocabulary import FORTHCOMING, LINK_ROLES

_NEWEST_FIRST = {"news", "talks"}
_DTYPES = {"text": "string", "flag": "bool", "year": "Int64"}
_MISSING = {"flag": False, "authors": (), "topics": ()}

Row = Mapping[str, Any]


def build_frame(table: str, rows: Sequence[Row], dead: Collection[str] = ()) -> pd.DataFrame:
    """The rows as a DataFrame with the columns of `homepage.columns`, in the table's order.

    Args:
        table: the table's name.
        rows: validated rows, as plain data.
        dead: addresses to be left off.
    """
    typed = [_type_row(row, dead) for row in rows]
    for row, anchor in zip(typed, name_anchors(table, typed), strict=True):
        row["anchor"] = anchor
    ordered = _order_rows(table, typed)
    columns = {name: _make_column(name, kind, ordered) for name, kind in COLUMNS[table].items()}
    return pd.DataFrame(columns)


def _make_column(name: str, kind: str, rows: list[dict[str, Any]]) -> pd.Series[Any]:
    missing = _MISSING.get(kind)
    return pd.Series([row.get(name, missing) for row in rows], dtype=_DTYPES.get(kind, "object"))


def _type_row(row: Row, dead: Collection[str]) -> dict[str, Any]:
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


def _list_links(row: Row, dead: Collection[str]) -> dict[str, str]:
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


def _rank_publication(row: Row) -> tuple[Any, ...]:
    return (row["forthcoming"], *_rank_date(row))


def _rank_date(row: Row) -> tuple[Any, ...]:
    """By date, rows without one lowest; rows of the same rank stay in the file's order."""
    date = row["date"]
    return (date is not None, (date.last, date.first) if date else ())
