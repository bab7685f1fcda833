"""CSL-JSON: rows as items."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft7Validator

from octavo.citations import format_csl, make_item
from octavo.citations.csl import clean_text, find_address, make_date
from octavo.inline_parser import escape_inline
from octavo.model.authors import Author
from octavo.model.dates import PartialDate
from tests.citations.csl_schema import SCHEMA
from tests.rows import authors, hostile_texts, hostile_words, make_row

VALIDATOR = Draft7Validator(SCHEMA)


def test_a_row_becomes_an_item_with_what_it_has_and_no_more() -> None:
    row = make_row(
        title="Idealtheorie",
        authors=(Author("E.", "Noether"), Author(literal="The Group"), Author("J.", "Berg", "van den", "Jr.")),
        date=PartialDate.parse("Nov 1921"),
        venue="Math. Ann.",
        container_title="Mathematische Annalen",
        volume="83",
        page="24–66",
        doi="10.1007/BF01464225",
        arxiv="2411.08982",
        topics=("Ideale", "Ringe"),
        status="to appear",
    )
    assert make_item(row) == {
        "id": "paper-1",
        "type": "article-journal",
        "author": [
            {"family": "Noether", "given": "E."},
            {"literal": "The Group"},
            {"family": "Berg", "given": "J.", "non-dropping-particle": "van den", "suffix": "Jr."},
        ],
        "issued": {"date-parts": [[1921, 11]]},
        "title": "Idealtheorie",
        "container-title": "Mathematische Annalen",
        "container-title-short": "Math. Ann.",
        "volume": "83",
        "page": "24–66",
        "status": "to appear",
        "DOI": "10.1007/BF01464225",
        "archive": "arXiv",
        "archive_location": "2411.08982",
        "URL": "https://doi.org/10.1007/BF01464225",
        "keyword": "Ideale, Ringe",
    }


def test_a_published_work_has_no_status() -> None:
    assert "status" not in make_item(make_row(status="published"))


def test_a_short_venue_without_a_long_one_is_the_container() -> None:
    item = make_item(make_row(venue="OSDI"))
    assert item["container-title"] == "OSDI"
    assert "container-title-short" not in item


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024", {"date-parts": [[2024]]}),
        ("2024-11-03", {"date-parts": [[2024, 11, 3]]}),
        ("Summer 2025", {"date-parts": [[2025]], "season": 2}),
        ("2018–2020", {"date-parts": [[2018], [2020]]}),
        ("2024–present", {"date-parts": [[2024]]}),
    ],
)
def test_a_partial_date_is_as_precise_as_it_was_written(text: str, expected: object) -> None:
    assert make_date(PartialDate.parse(text)) == expected


@pytest.mark.parametrize(
    ("fields", "address"),
    [
        ({"links": {"paper": "docs/x.pdf"}, "doi": "10.1/x"}, "https://me.example/docs/x.pdf"),
        ({"links": {"website": "https://lynx.example"}}, "https://lynx.example"),
        ({"links": {"slides": "https://lynx.example"}, "arxiv": "2411.08982"}, "https://arxiv.org/abs/2411.08982"),
        ({"links": {"slides": "https://lynx.example"}}, ""),
    ],
)
def test_the_address_is_that_of_the_work_itself(fields: dict[str, object], address: str) -> None:
    assert find_address(make_row(**fields), "https://me.example") == address


def test_a_file_of_the_site_has_no_address_if_the_site_has_none() -> None:
    assert find_address(make_row(links={"paper": "docs/x.pdf"})) == ""


@given(hostile_words, st.lists(authors, min_size=1, max_size=3), hostile_texts, st.lists(hostile_words, max_size=2))
def test_any_text_survives_in_a_valid_document(
    title: str, names: list[Author], abstract: str, topics: list[str]
) -> None:
    texts = {"title": escape_inline(title), "abstract": escape_inline(abstract)}
    row = make_row(**texts, authors=tuple(names), venue=abstract, topics=tuple(topics))
    text = format_csl([make_item(row), make_item(row)])
    items = json.loads(text)
    VALIDATOR.validate(items)
    assert items[0]["title"] == clean_text(title)
    assert items[0].get("abstract", "") == clean_text(abstract)
    assert [name.get("family", name.get("literal")) for name in items[0]["author"]] == [
        clean_text(name.family or name.literal) for name in names
    ]


def test_the_schema_refuses_what_csl_refuses() -> None:
    item = {"id": "x", "type": "article-journal"}
    assert VALIDATOR.is_valid([item])
    for fault in (
        {"type": "paper"},
        {"author": ["E. Noether"]},
        {"issued": {"date-parts": [["x", None]]}},
        {"doi": "10"},
    ):
        assert not VALIDATOR.is_valid([item | fault]), fault
