"""RIS tags and CSL variables whose field in the table depends on the type of the reference."""

from __future__ import annotations

import json
from typing import Any

import pytest

from octavo.importing.readers.csl_record import make_record
from octavo.importing.record import REGISTRY, Record
from octavo.model.authors import Author
from tests.importing.test_bibtex import read


def read_tags(kind: str, **tags: str) -> Record:
    lines = "".join(f"{tag}  - {text}\n" for tag, text in ({"TI": "T", "AU": "Smith, A."} | tags).items())
    (record,), _ = read(f"TY  - {kind}\n{lines}ER  - \n", "a.ris")
    return record


def read_item(**variables: Any) -> Record:
    item = {"id": "a", "type": "book", "title": "T", "author": [{"family": "Smith"}], **variables}
    (record,), problems = read(json.dumps([item]), "a.json")
    assert problems == []
    return record


@pytest.mark.parametrize(
    ("kind", "tags", "texts"),
    [
        ("RPRT", {"SN": "TR-2006-1831"}, {"number": "TR-2006-1831"}),
        ("RPRT", {"SN": "978-3-540-62511-3"}, {"isbn": "978-3-540-62511-3"}),
        ("JOUR", {"SN": "0025-5831", "C7": "e12"}, {"issn": "0025-5831", "number": "e12"}),
        (
            "BOOK",
            {"SN": "3540625119", "T2": "Grundlehren", "M1": "33"},
            {"isbn": "3540625119", "series": "Grundlehren", "number": "33"},
        ),
        ("CHAP", {"T3": "Grundlehren", "ET": "2"}, {"series": "Grundlehren", "edition": "2"}),
        ("JOUR", {"AN": "17284678", "DB": "PubMed"}, {"pmid": "17284678"}),
        ("JOUR", {"AN": "PMID: 17284678"}, {"pmid": "17284678"}),
        (
            "CONF",
            {"C3": "Proc. of A", "T2": "A 1999", "CY": "Bonn", "C1": "Berlin"},
            {"event": "A 1999", "event_place": "Bonn", "publisher_place": "Berlin"},
        ),
        ("THES", {"M3": "PhD thesis", "CY": "Bonn"}, {"genre": "PhD thesis", "publisher_place": "Bonn"}),
    ],
)
def test_the_meaning_of_a_tag_depends_on_the_type(kind: str, tags: dict[str, str], texts: dict[str, str]) -> None:
    record = read_tags(kind, **tags)
    assert (record.texts, record.extra) == (texts, {})


def test_the_container_of_a_paper_is_its_proceedings_and_not_the_conference() -> None:
    assert read_tags("CONF", T2="A 1999").container_title == "A 1999"
    assert read_tags("CONF", C3="Proc. of A", T2="A 1999").container_title == "Proc. of A"


def test_the_authors_of_an_edited_book_are_its_editors() -> None:
    assert (read_tags("EDBOOK").author, read_tags("EDBOOK").editor) == ((), (Author("A.", "Smith"),))
    assert read_tags("EDBOOK", A2="Roe, B.").editor == (Author("B.", "Roe"),)


def test_a_pdf_is_the_paper_and_the_address_beside_it_that_of_the_publisher() -> None:
    record = read_tags("JOUR", UR="https://example.org/a", L1="https://example.org/a.pdf", L2="notes.txt")
    assert (record.url, record.links, record.left) == (
        "https://example.org/a",
        {"paper": "https://example.org/a.pdf"},
        ("L2",),
    )


@pytest.mark.parametrize(
    ("variables", "texts"),
    [
        ({"collection-title": "S", "collection-number": "7"}, {"series": "S", "number": "7"}),
        ({"type": "report", "number": "TR 1", "genre": "Memo"}, {"number": "TR 1", "genre": "Memo"}),
        ({"event": "ICM", "event-place": "Bonn"}, {"event": "ICM", "event_place": "Bonn"}),
        ({"event-date": {"date-parts": [[1932, 9]]}}, {"event_date": "1932-09"}),
        ({"edition": 2, "ISBN": ["1", "2"], "language": "de"}, {"edition": "2", "isbn": "1", "language": "de"}),
        ({"note": "Invited"}, {"note": "Invited"}),
    ],
)
def test_a_variable_has_its_field(variables: dict[str, Any], texts: dict[str, str]) -> None:
    record = read_item(**variables)
    assert (record.texts, record.extra) == (texts, {})


def test_notes_that_are_data_are_kept_and_not_shown() -> None:
    record = read_item(note="PMCID: PMC1\ntex.ids= b")
    assert ("note" in record.texts, record.extra) == (False, {"note": "PMCID: PMC1 tex.ids= b"})


def test_names_and_dates_without_a_field_are_kept_as_texts() -> None:
    record = read_item(
        accessed={"date-parts": [[2020, 1, 2]]}, **{"collection-editor": [{"family": "Roe", "given": "B."}]}
    )
    assert record.extra == {"accessed": "2020-01-02", "collection-editor": "Roe, B."}


def test_fields_kept_by_an_export_are_read_back() -> None:
    assert read_item(custom={"extra": {"numpages": "22"}, "title": "*T*"}).extra == {"numpages": "22"}


def test_only_fields_that_describe_the_work_are_kept_of_a_registry_record() -> None:
    item = {
        "type": "book",
        "title": "T",
        "author": [{"family": "A"}],
        "scale": "1:2",
        "score": 1,
        "member": "297",
        "link": [{}],
    }
    record = make_record(item, "Crossref", "doi:10.1/a", REGISTRY)
    assert (record.extra, record.left) == ({"scale": "1:2"}, ())


def test_an_unknown_type_is_named() -> None:
    assert read_item(type="unheard-of").left == ("type",)
