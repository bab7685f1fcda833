"""The chart: small, complete, and accessible without sight or scripts."""

from __future__ import annotations

import random
import re
from collections import Counter
from urllib.parse import parse_qs

import pandas as pd
import pytest

from octavo.listings.chart import MOST_BYTES, publication_chart
from tests.reading import Element, read_html

TYPES = ["paper-conference", "article-journal", "article", "chapter", "thesis", "report", "book"]


def make_papers(*rows: tuple[int | None, str]) -> pd.DataFrame:
    years, types = zip(*rows, strict=True)
    return pd.DataFrame({"year": pd.array(years, dtype="Int64"), "type": pd.array(types, dtype="string")})


def make_many(number: int, years: int, types: int) -> pd.DataFrame:
    pick = random.Random(number)  # noqa: S311  for papers, not for secrets
    return make_papers(*((2030 - pick.randrange(years), TYPES[pick.randrange(types)]) for _ in range(number)))


def draw(papers: pd.DataFrame) -> Element:
    return read_html(str(publication_chart(papers, least=1)))


def list_bars(picture: Element) -> list[tuple[str, str]]:
    """Name and address of each bar."""
    return [(link.find("title")[0].text, link.attributes["href"]) for link in picture.find("a")]


PAPERS = make_papers((2022, "paper-conference"), (2024, "paper-conference"), (2024, "article"), (None, "article"))


def test_each_type_in_a_year_is_a_labeled_bar_that_links_to_its_entries() -> None:
    assert list_bars(draw(PAPERS)) == [
        ("Conference papers, 2022: 1", "?year=2022&type=paper-conference"),
        ("Conference papers, 2024: 1", "?year=2024&type=paper-conference"),
        ("Preprints, 2024: 1", "?year=2024&type=article"),
    ]


def test_bars_are_stacked_on_a_common_baseline() -> None:
    shapes = [path.attributes["d"] for path in draw(PAPERS).find("path")]
    assert shapes == ["M7 42h29v24H7z", "M95 42h29v24H95z", "M95 18h29v24H95z"]


def test_the_picture_has_a_title_and_a_description() -> None:
    picture = draw(PAPERS).find("svg")[0]
    assert picture.find("title")[0].text == "Publications by year and type"
    assert picture.find("desc")[0].text == "Bars from 2022 to 2024, each a link; a table has the numbers."


def test_the_numbers_are_in_a_table_newest_first() -> None:
    rows = [[cell.text for cell in row.walk() if cell.tag in {"th", "td"}] for row in draw(PAPERS).find("tr")]
    assert rows == [["Year", "Conference papers", "Preprints"], ["2024", "1", "1"], ["2022", "1", "0"]]


def test_the_number_of_undated_entries_is_visible() -> None:
    assert draw(PAPERS).find("figcaption")[0].text == "1 more without a date."


def test_a_few_papers_need_no_picture() -> None:
    assert publication_chart(make_many(9, 5, 2)) is None
    assert publication_chart(make_many(10, 5, 2)) is not None


@pytest.mark.parametrize("years", range(2, 13))
def test_every_column_fits_the_smallest_screen_and_the_newest_has_its_year(years: int) -> None:
    papers = make_papers(*((2030 - year, "article") for year in range(years)))
    picture = draw(papers).find("svg")[0]
    assert int(picture.attributes["width"]) <= 288
    assert [text.text for text in picture.find("text")][-1] == "2030"


def test_a_single_year_gets_no_picture() -> None:
    assert publication_chart(make_papers((2024, "article"), (2024, "book"), (None, "book")), least=1) is None
    assert publication_chart(PAPERS.iloc[:0], least=1) is None


def test_hundreds_of_years_get_no_picture() -> None:
    assert publication_chart(make_many(9000, 400, 7)) is None


def test_it_needs_no_script_or_inline_style() -> None:
    assert not re.search(r"<script|<style| style=| on\w+=", str(publication_chart(PAPERS, least=1)))


@pytest.mark.parametrize(
    ("number", "years", "types"), [(5, 8, 2), (40, 10, 3), (60, 12, 7), (300, 30, 7), (2000, 60, 7), (9000, 100, 7)]
)
def test_it_is_small_and_counts_every_paper_once(number: int, years: int, types: int) -> None:
    papers = make_many(number, years, types)
    picture = str(publication_chart(papers, least=1)).partition("</svg>")[0] + "</svg>"
    assert len(picture.encode()) <= MOST_BYTES
    counted: Counter[int] = Counter()
    for name, address in list_bars(read_html(picture + "</figure>")):
        query = parse_qs(address.removeprefix("?"))
        chosen = papers["year"].isin([int(year) for year in query["year"]])
        if "type" in query:
            chosen &= papers["type"].isin(query["type"])
        assert int(name.rpartition(" ")[2]) == int(chosen.sum())
        counted.update(papers.index[chosen])
    assert counted == Counter(papers.index)
