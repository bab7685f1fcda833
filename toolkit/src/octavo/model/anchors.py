"""The anchor of a row: the id of its element on a page, by which feeds and other pages link to it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

# A few words tell rows apart, and keep the anchor when the end of the text is edited.
WORDS = 6


def name_anchors(table: str, rows: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """An anchor for each row, in the rows' order: unique in the table, and among all tables.

    It is the table's name with the row's `id`, or with its date and the first words of its text where it has
    none; of rows that would share one, the later ones are numbered from 2.
    """
    taken: dict[str, int] = {}
    for row in rows:
        anchor = f"{table}-{row.get('id') or _describe(row)}"
        taken[anchor] = taken.get(anchor, 0) + 1
        yield anchor if taken[anchor] == 1 else f"{anchor}.{taken[anchor]}"


def make_slug(text: str, words: int = WORDS) -> str:
    """The first words of the text in lower-case ASCII letters and digits, joined by hyphens."""
    folded = unicodedata.normalize("NFKD", text.replace("ß", "ss")).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall(r"[a-z0-9]+", folded)[:words])


def _describe(row: Mapping[str, Any]) -> str:
    texts = (row.get(name) for name in ("title", "organization", "degree", "role", "text"))
    date = row.get("date")
    parts = [date.edtf.replace("/", "--").replace("..", "") if date else "", make_slug(next(filter(None, texts), ""))]
    return "-".join(part for part in parts if part) or "row"
