"""The record: everything that documents are made from, read once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from octavo.model.catalog import ROWS
from octavo.model.person import Person
from octavo.model.profile import Profile
from octavo.model.publications import Publication
from octavo.model.row import Row
from octavo.site import Site, load_site
from octavo.tables.rows import CheckedTables


class Record(NamedTuple):
    """The profile, the CV's tables without hidden rows, and the site that they are on."""

    profile: Profile
    publications: Sequence[Publication]
    tables: Mapping[str, Sequence[Row]]
    """By name, publications included."""
    site: Site
    people: Sequence[Person] = ()
    """Everyone in the table of people, not only those in the CV."""


def load_record(root: Path) -> Record:
    """The record of the project in `root`.

    Raises:
        DataError: every problem of the tables.
    """
    tables = CheckedTables(root / "data")
    in_cv = {
        row_type.table.name: [row for row in tables.list_rows(row_type) if row.belongs_in_cv]
        for row_type in ROWS
        if row_type.table.in_cv
    }
    publications, people = tables.list_rows(Publication), tables.list_rows(Person)
    return Record(tables.profile, publications, in_cv, load_site(root), people)
