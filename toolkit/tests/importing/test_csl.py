from __future__ import annotations

import json
import time
from typing import Any

import pytest

from octavo.citations import format_csl, make_item
from octavo.importing.markup import write_styled
from octavo.markdown import plain_title
from octavo.model.authors import Author
from tests.importing.test_bibtex import read
from tests.rows import make_row

ITEM: dict[str, Any] = {"id": "good", "type": "article-journal", "title": "Good", "author": [{"family": "Author"}]}


def read_items(*items: Any) -> tuple[list[Any], list[str]]:
    return read(json.dumps(items), "refs.json")


def test_an_item_is_read() -> None:
    records, problems = read_items(
        {
            "type": "paper-conference",
            "title": "C<sub>2</sub> &amp; D",
            "author": [
                {"family": "Berg", "given": "Piet", "non-dropping-particle": "van der"},
                {"literal": "NEXS Group"},
            ],
            "issued": {"date-parts": [[2025, "11", 3]]},
            "container-title": "Proc. of OSDI",
            "page": "1-20",
            "DOI": "10.1145/X",
            "abstract": "<jats:title>Abstract</jats:title><jats:p>One.</jats:p><jats:p>Two.</jats:p>",
        }
    )
    (record,) = records
    assert (record.title, record.issued, record.page, record.doi) == ("C₂ & D", "2025-11-03", "1–20", "10.1145/X")
    assert record.author == (Author("Piet", "Berg", "van der"), Author(literal="NEXS Group"))
    assert record.abstract == "One.\n\nTwo."
    assert problems == []


@pytest.mark.parametrize("text", [json.dumps(ITEM), json.dumps([ITEM]), json.dumps({"items": [ITEM]})])
def test_a_single_item_a_list_and_zoteros_wrapper_are_read(text: str) -> None:
    records, problems = read(text, "refs.json")
    assert ([record.key for record in records], problems) == (["good"], [])


@pytest.mark.parametrize(
    "title", [r"On *Rings* \\* and $x^2$", "On $k$-means *in* `code`", r"A *B* $\sqrt{s}=7$ TeV", "A & B"]
)
def test_a_title_survives_its_export(title: str) -> None:
    records, _ = read(format_csl([make_item(make_row(title=title))]), "refs.json")
    assert plain_title(write_styled(records[0].title)) == plain_title(title)
    assert write_styled(records[0].title).count("*") == title.count("*")
    assert write_styled(records[0].title).count("$") == title.count("$")


@pytest.mark.parametrize("custom", [{"title": "*Another* title"}, "text", {"title": 3}])
def test_a_foreign_note_does_not_replace_the_title(custom: Any) -> None:
    records, _ = read_items({**ITEM, "custom": custom})
    assert records[0].title == "Good"


def test_an_arxiv_doi_is_an_arxiv_identifier() -> None:
    records, _ = read_items({**ITEM, "type": "article", "DOI": "10.48550/arXiv.2411.08982"})
    assert (records[0].arxiv, records[0].doi, records[0].status) == ("2411.08982", "", "preprint")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"title": ""}, "the item has no title"),
        ({"title": {"a": 1}}, "the item has no title"),
        ({"itemType": "preprint"}, "this is Zotero's own JSON; export the library as CSL JSON, BibTeX, or RIS"),
        ({"author": []}, "the item has neither author nor editor"),
        ({"author": [{}]}, "has neither author nor editor"),
    ],
)
def test_only_the_bad_item_is_reported_and_skipped(change: dict[str, Any], message: str) -> None:
    records, problems = read_items({**ITEM, "id": "bad", **change}, ITEM)
    assert [record.key for record in records] == ["good"]
    assert len(problems) == 1
    assert problems[0].startswith("refs.json:1:2: ")
    assert message in problems[0]


@pytest.mark.parametrize(
    ("change", "said", "doubt"),
    [
        ({"author": ["A. Author", {}]}, {"author": (Author("A.", "Author"),)}, "'author': a person without a name"),
        ({"author": "A. One and B. Two"}, {"author": (Author("A.", "One"), Author("B.", "Two"))}, ""),
        ({"issued": {"date-parts": [[2020, 13]]}}, {"issued": "2020"}, "there is no month 13"),
        ({"issued": {"date-parts": [["2020", "None", "01"]]}}, {"issued": "2020"}, "read as 2020"),
        ({"issued": {"date-parts": [[float("inf")]]}}, {"issued": ""}, "is not a date"),
        ({"issued": {"raw": "soon"}}, {"issued": "", "extra": {"issued": "soon"}}, "'soon' is not a date"),
        ({"issued": "c. 2001"}, {"issued": "2001"}, "read as 2001"),
        ({"DOI": "10/x"}, {"doi": "", "extra": {"DOI": "10/x"}}, "'DOI': '10/x' is not a DOI; kept as text"),
        ({"DOI": "10.1145/1.2 (preprint)"}, {"doi": "10.1145/1.2"}, "was read as 10.1145/1.2"),
    ],
)
def test_an_odd_variable_is_read_as_far_as_possible_and_reported(
    change: dict[str, Any], said: dict[str, Any], doubt: str
) -> None:
    (record,), problems = read_items({**ITEM, **change})
    assert {name: getattr(record, name) for name in said} == said
    assert (problems, len(record.doubts)) == ([], bool(doubt))
    assert doubt in "".join(record.doubts)


@pytest.mark.parametrize("name", ["event", "ISBN", "genre", "language", "PMID", "page", "publisher", "abstract"])
def test_a_variable_that_is_not_text_is_skipped_and_named(name: str) -> None:
    (record,), problems = read_items({**ITEM, name: {"a": 1}})
    assert (name in record.left, problems) == (True, [])


def test_a_missing_date_does_not_become_1970() -> None:
    records, _ = read_items({**ITEM, "issued": {"date-parts": [[None]]}}, {**ITEM, "issued": {}})
    assert [record.issued for record in records] == ["", ""]


def test_items_are_read_up_to_the_first_error_which_is_reported() -> None:
    good = json.dumps(ITEM)
    broken = '{"title": "Broken", "author": [{"family": "A"}, {"family": "B"}], oops}'
    records, problems = read(f"[{good},\n {broken},\n {good.replace('good', 'also')}]", "refs.json")
    assert [record.key for record in records] == ["good"]
    assert problems == [
        "refs.json:2:68: not JSON: expecting property name enclosed in double quotes; nothing after this point was read"
    ]


def test_complete_items_of_a_truncated_file_are_read() -> None:
    text = json.dumps([ITEM, ITEM])
    records, problems = read(text[:-20], "refs.json")
    assert [record.key for record in records] == ["good"]
    assert len(problems) == 1


@pytest.mark.parametrize(
    "text", ["[" * 100_000, '{"a":' * 100_000, "[" + '{"title":"x"},' * 1000, "[" + "},{" * 100_000, "[1e999999]"]
)
def test_deep_nesting_and_garbage_are_ordinary_problems(text: str) -> None:
    start = time.process_time()
    records, problems = read(text, "refs.json")
    assert (records, bool(problems)) == ([], True)
    assert time.process_time() - start < 5


def test_half_a_surrogate_pair_is_replaced() -> None:
    records, _ = read('{"title": "A \\ud800 B", "author": [{"family": "A"}]}', "refs.json")
    assert records[0].title == "A � B"


ONE, TWO = json.dumps(ITEM), json.dumps({**ITEM, "id": "also"})


@pytest.mark.parametrize(
    ("text", "read_keys"),
    [
        (f"[{ONE}], {TWO}", ["good"]),
        (f"[{ONE}]\n[{TWO}]", ["good"]),
        (f"{ONE}\n{TWO}", ["good"]),
        (f"[{ONE} {TWO}]", ["good"]),
        (f"[{ONE}, oops, {TWO}]", ["good"]),
        (f"[{ONE},, {TWO}]", ["good"]),
        (f'[{{"id": "cut", "author": [{{"family": "A"}}, {ONE}, {TWO}]', []),
        (f'{{"items": [{ONE}, oops, {TWO}]}}', []),
        (f'{{"items": [{ONE}, {TWO}]}} oops', []),
        ("oops", []),
    ],
)
def test_json_with_an_error_anywhere_is_reported_once(text: str, read_keys: list[str]) -> None:
    records, problems = read(text, "refs.json")
    assert [record.key for record in records] == read_keys
    assert len(problems) == 1
    assert "nothing after this point was read" in problems[0]


def test_the_list_of_items_need_not_be_first_and_byte_order_marks_are_dropped() -> None:
    records, problems = read(f'\ufeff\ufeff{{"version": [1], "items": [{ONE}, {TWO}], "more": {{}}}}', "refs.json")
    assert ([record.key for record in records], problems) == (["good", "also"], [])


@pytest.mark.parametrize("value", ["NaN", "Infinity", "-Infinity", "1e999"])
def test_invalid_json_numbers_are_not_read_as_text(value: str) -> None:
    records, problems = read(f'[{ONE[:-1]}, "volume": {value}}}, {TWO}]', "refs.json")
    assert ([record.key for record in records], problems) == (["good", "also"], [])
    assert (records[0].volume, records[0].left) == ("", ("volume",))


def test_a_number_of_any_length_is_read() -> None:
    records, problems = read(f'[{ONE[:-1]}, "volume": {"9" * 5000}}}]', "refs.json")
    assert (records[0].volume, problems) == ("9" * 5000, [])


@pytest.mark.parametrize(
    ("title", "read_as"), [(f"A &#{'9' * 5000}; B", "A � B"), ("x<ſub>2</ſub>", "x2"), ("A &#955;", "A λ")]
)
def test_odd_markup_becomes_text(title: str, read_as: str) -> None:
    assert read_items({**ITEM, "title": title})[0][0].title == read_as


def test_nesting_close_to_the_limit_is_reported() -> None:
    for depth in range(850, 1000, 3):
        text = f'[{ONE}, {{"id": "deep", "title": "T", "author": [{"[" * depth}{"]" * depth}]}}]'
        records, problems = read(text, "refs.json")
        assert ([record.key for record in records], len(problems)) == (["good"], 1)


def test_nothing_that_cannot_be_encoded_stays_in_an_identifier() -> None:
    records, _ = read_items({**ITEM, "DOI": "10.1145/1\ud800.2", "URL": "http://a\x02/b"})
    assert (records[0].doi, records[0].url) == ("10.1145/1�.2", "http://a/b")


@pytest.mark.parametrize(
    ("written", "page"), [("12-25", "12–25"), ("12--25", "12–25"), (r"3\-B", "3-B"), (r"3\-B-3\-D", "3-B–3-D")]
)
def test_hyphens_between_pages_become_dashes_and_those_within_a_page_stay(written: str, page: str) -> None:
    records, _ = read_items({**ITEM, "page": written})
    assert records[0].page == page
