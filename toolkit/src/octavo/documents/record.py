"""The record: everything that documents are made from, read once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace

from octavo.model.profile import Profile
from octavo.model.vocabulary import CV_SECTIONS
from octavo.site import Site, load_site
from octavo.tables.rows import load_profile, load_rows

TABLES: tuple[str, ...] = tuple(section for section in CV_SECTIONS if section != "earlier_work")
"""The tables of which a CV has sections; news is none of them."""


@dataclass(frozen=True)
class Record:
    """The profile, the tables without hidden rows, and the site that they stand on."""

    profile: Profile
    tables: Mapping[str, Sequence[SimpleNamespace]]
    """By name, the rows of `octavo.tables.rows`."""
    site: Site


def load_record(root: Path) -> Record:
    """The record of the project in `root`.

    Raises:
        DataError: every problem of the tables.
    """
    data = root / "data"
    tables = {name: load_rows(name, data) for name in TABLES}
    return Record(load_profile(data), tables, load_site(root))
