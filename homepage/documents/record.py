"""The record: everything that documents are made from, read once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace

import pandas as pd

from homepage.profile import Profile
from homepage.rows import iterate_rows
from homepage.schema.vocabulary import CV_SECTIONS
from homepage.site import Site, load_site
from homepage.tables import load_profile, load_table

TABLES: tuple[str, ...] = tuple(section for section in CV_SECTIONS if section != "earlier_work")
"""The tables of which a CV has sections; news is none of them."""


@dataclass(frozen=True)
class Record:
    """The profile, the tables without hidden rows, and the site that they stand on."""

    profile: Profile
    tables: dict[str, pd.DataFrame]
    site: Site

    def rows(self, table: str) -> Iterator[SimpleNamespace]:
        """The rows of one table, a missing value as None."""
        return iterate_rows(self.tables[table])


def load_record(root: Path) -> Record:
    """The record of the project in `root`.

    Raises:
        DataError: every problem of the tables.
    """
    data = root / "data"
    tables = {name: load_table(name, data) for name in TABLES}
    return Record(load_profile(data), tables, load_site(root))
