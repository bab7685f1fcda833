"""biblatex has fields, under its own names, for what BibTeX can't hold."""

from __future__ import annotations

from typing import Any, get_args

import pytest
from bibtexparser import parse_string

from octavo.citations import format_biblatex, make_item
from octavo.importing.readers.bibtex import read_bibtex
from octavo.importing.record import Record
from octavo.model.authors import Author
from octavo.model.dates import PartialDate
from octavo.model.publications import Publication
from octavo.model.vocabulary import Status
from tests.rows import make_row


def read(row: Publication) -> tuple[str, dict[str, str]]:
    library = parse_string(format_biblatex([make_item(row)]))
    (entry,) = library.entries
    assert not library.failed_blocks
    return entry.entry_type, {field.key: field.value for field in entry.fields}


def test_an_entry_has_what_the_row_has() -> None:
    row = make_row(
        title="Idealtheorie",
        authors=(Author("E.", "Noether"),),
        editors=(Author("D.", "Hilbert"),),
        type="paper-conference",
        date=PartialDate.parse("1932-09-07"),
        container_title="Verhandlungen",
        event="ICM 1932",
        event_place="Zürich",
        event_date=PartialDate.parse("1932-09-05 – 1932-09-12"),
        publisher="Orell Füssli",
        publisher_place="Leipzig",
        status="in press",
        arxiv="1932.00001",
        note="Plenary",
    )
    assert read(row) == (
        "inproceedings",
        {
            "title": "Idealtheorie",
            "author": "Noether, E.",
            "date": "1932-09-07",
            "pubstate": "inpress",
            "editor": "Hilbert, D.",
            "booktitle": "Verhandlungen",
            "publisher": "Orell Füssli",
            "eventtitle": "ICM 1932",
            "venue": "Zürich",
            "location": "Leipzig",
            "eventdate": "1932-09-05/1932-09-12",
            "eprint": "1932.00001",
            "eprinttype": "arXiv",
            "note": "Plenary",
        },
    )


@pytest.mark.parametrize(
    ("written", "date"),
    [("1921", "1921"), ("Nov 1921", "1921-11"), ("Fall 1921", "1921-23"), ("1918–1920", "1918/1920")],
)
def test_a_date_is_as_precise_as_it_is_known(written: str, date: str) -> None:
    assert read(make_row(date=PartialDate.parse(written)))[1]["date"] == date


def test_a_journal_keeps_its_abbreviation() -> None:
    _, fields = read(make_row(venue="Math. Ann.", container_title="Mathematische Annalen"))
    assert (fields["shortjournal"], fields["journaltitle"]) == ("Math. Ann.", "Mathematische Annalen")


def test_a_thesis_states_its_kind() -> None:
    kind, fields = read(make_row(type="thesis", genre="Habilitation", publisher="Göttingen"))
    assert (kind, fields["type"], fields["institution"]) == ("thesis", "Habilitation", "Göttingen")


@pytest.mark.parametrize("status", [status for status in get_args(Status) if status != "published"])
def test_each_status_is_read_back(status: Any) -> None:
    text = format_biblatex([make_item(make_row(status=status))])
    (record,) = (one for one in read_bibtex(text, "refs.bib") if isinstance(one, Record))
    assert record.status == status


def test_ascii_output_is_ascii() -> None:
    row = make_row(title="Über 環 und α: Nguyễn", links={"paper": "https://example.org/ä"}, doi="10.1000/ä")
    text = format_biblatex([make_item(row)], ascii_only=True)
    assert text.isascii()
    assert "https://example.org/%C3%A4" in text
