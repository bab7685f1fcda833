"""RIS: a parser reads back every record, whatever its text."""

import re
from typing import Any

import pytest
import rispy
from hypothesis import given
from hypothesis import strategies as st

from octavo.citations import format_ris, make_item
from octavo.inline_parser import escape_inline
from octavo.model.authors import Author
from octavo.model.dates import PartialDate
from tests.rows import authors, hostile_texts, hostile_words, make_row

LINE = re.compile(r"[A-Z][A-Z0-9]  - [^\r\n]*")


@pytest.mark.parametrize("kind", ["review", "review-book"])
def test_a_review_names_its_journal(kind: str) -> None:
    assert format_ris([make_item(make_row(type=kind))]).startswith("TY  - JOUR\r\n")


def test_a_record_has_what_the_row_has() -> None:
    row = make_row(
        title="Idealtheorie",
        authors=(Author("E.", "Noether"), Author("J.", "Berg", "van den", "Jr."), Author(literal="The Group")),
        date=PartialDate.parse("3 Nov 1921"),
        venue="Math. Ann.",
        container_title="Mathematische Annalen",
        volume="83",
        page="24–66",
        doi="10.1007/BF01464225",
        topics=("Ideale", "Ringe"),
        status="to appear",
    )
    assert format_ris([make_item(row)]).split("\r\n") == [
        "TY  - JOUR",
        "ID  - paper-1",
        "TI  - Idealtheorie",
        "AU  - Noether, E.",
        "AU  - van den Berg, J., Jr.",
        "AU  - The Group",
        "PY  - 1921",
        "DA  - 1921/11/03/",
        "J2  - Math. Ann.",
        "T2  - Mathematische Annalen",
        "VL  - 83",
        "N1  - to appear",
        "DO  - 10.1007/BF01464225",
        "UR  - https://doi.org/10.1007/BF01464225",
        "SP  - 24",
        "EP  - 66",
        "KW  - Ideale",
        "KW  - Ringe",
        "ER  - ",
        "",
        "",
    ]


@pytest.mark.parametrize(("text", "date"), [("1921", "1921///"), ("Nov 1921", "1921/11//"), ("Fall 1921", "1921///")])
def test_a_date_has_all_its_slashes(text: str, date: str) -> None:
    assert f"\r\nDA  - {date}\r\n" in format_ris([make_item(make_row(date=PartialDate.parse(text)))])


@given(hostile_words, st.lists(authors, min_size=1, max_size=4), hostile_texts, st.lists(hostile_words, max_size=2))
def test_rispy_reads_back_every_field(title: str, names: list[Author], text: str, topics: list[str]) -> None:
    texts = {"title": escape_inline(title), "abstract": escape_inline(text), "container_title": text}
    row = make_row(**texts, authors=tuple(names), topics=tuple(topics))
    item = make_item(row)
    written = format_ris([item, item | {"id": "other"}])
    lines = written.split("\r\n")
    assert all(LINE.fullmatch(line) for line in lines if line)
    assert [sum(line.startswith(tag) for line in lines) for tag in ("TY  - ", "ER  - ")] == [2, 2]
    records: list[dict[str, Any]] = rispy.loads(written)
    assert [record["id"] for record in records] == ["paper-1", "other"]
    for record in records:
        assert record["title"] == item["title"]
        assert len(record["authors"]) == len(item["author"])
        assert record.get("abstract", "") == record.get("secondary_title", "") == item.get("abstract", "")
        # One line each, except for an empty item between two commas.
        assert record.get("keywords", []) == [word for word in item.get("keyword", "").split(", ") if word]
