"""The anchor of a row: the id of its element on a page, which feeds and other pages link to."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from octavo.model.dates import PartialDate
from octavo.model.fields import Role, list_roles
from octavo.model.row import Row
from octavo.model.texts import choose_text

# A few words tell rows apart, and keep the anchor when the end of the text is edited.
WORDS = 6
_NAMING = (Role.TITLE, Role.HEAD, Role.TEXT)


def name_anchors(row_type: type[Row], rows: Iterable[Mapping[str, Any]], language: str) -> Iterator[str]:
    """An anchor for each of the checked rows, in their order: unique in the table, and among all tables.

    It is the table's name with the row's `id`, or with its date and the first words of its title or text if it has
    none; of rows that would share one, the later ones are numbered from 2. It is the same in every language: of texts
    that are given in several, it takes the one in `language`.
    """
    naming = [name for role in _NAMING for name in list_roles(row_type).get(role, ())]
    taken: dict[str, int] = {}
    for row in rows:
        anchor = f"{row_type.table.name}-{row.get('id') or _describe(row, naming, language)}"
        taken[anchor] = taken.get(anchor, 0) + 1
        yield anchor if taken[anchor] == 1 else f"{anchor}.{taken[anchor]}"


def make_slug(text: str, words: int = WORDS) -> str:
    """The first words of the text in lower-case ASCII letters and digits, joined by hyphens."""
    folded = unicodedata.normalize("NFKD", text.replace("ß", "ss")).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall(r"[a-z0-9]+", folded)[:words])


def _describe(row: Mapping[str, Any], naming: Iterable[str], language: str) -> str:
    text = choose_text(next((row[name] for name in naming if name in row), ""), language)
    date = PartialDate.parse(row["date"]).edtf.replace("/", "--").replace("..", "") if "date" in row else ""
    return "-".join(part for part in (date, make_slug(text)) if part) or "row"
