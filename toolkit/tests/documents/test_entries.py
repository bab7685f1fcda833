"""Entries of publications in the CV."""

from __future__ import annotations

from typing import Any

import pytest

from octavo.documents.entries import publication_entry
from octavo.model.authors import Author
from octavo.model.dates import PartialDate
from tests.rows import make_row


def read_lines(**fields: Any) -> list[str]:
    """The lines below the title, with venues in asterisks."""
    lines = publication_entry(make_row(**fields), "")["lines"]
    return ["".join(f"*{run['text']}*" if run.get("emph") else run["text"] for run in line) for line in lines]


@pytest.mark.parametrize(
    ("fields", "lines"),
    [
        ({"venue": "OSDI"}, ["E. Noether", "*OSDI*"]),
        (
            {"container_title": "Ann.", "volume": "83", "issue": "1–2", "page": "24–66"},
            ["E. Noether", "*Ann.* 83 (1–2), 24–66"],
        ),
        (
            {"type": "chapter", "container_title": "Ringe", "editors": (Author("E.", "Artin"),), "page": "1–9"},
            ["E. Noether", "In E. Artin (ed.), *Ringe*, 1–9"],
        ),
        (
            {"type": "book", "authors": (), "editors": (Author("E.", "Artin"),), "publisher": "P", "edition": "3"},
            ["E. Artin (ed.)", "*P*, 3rd ed."],
        ),
        ({"type": "standard", "authors": (), "number": "ISO 8601", "date": PartialDate.parse("2019")}, ["ISO 8601"]),
        ({"type": "dataset", "authors": ()}, []),
    ],
)
def test_an_entry_names_the_authors_and_the_venue(fields: dict[str, Any], lines: list[str]) -> None:
    assert read_lines(**fields) == lines
