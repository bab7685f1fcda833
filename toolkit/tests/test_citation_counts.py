"""Citation counts: every number has its source and its date."""

from __future__ import annotations

from pathlib import Path

import pytest

from octavo import listings, tables
from octavo.listings.paper import paper_body
from octavo.model.publications import Publication
from tests.listings.test_publication_explorer import read_data
from tests.tables import write_tables

PAPERS = """
- {id: rings, title: Rings, type: article-journal, authors: [E. Noether], date: 1921}
- {id: fields, title: Fields, type: article-journal, authors: [E. Noether], date: 1920}
- {id: groups, title: Groups, type: article-journal, authors: [E. Noether], date: 1919}
"""
COUNTS = """
- {publication: rings, source: Semantic Scholar, count: 1, date: 2026-11-12}
- {publication: fields, source: Semantic Scholar, count: 1097, date: 2026-11-11, url: "https://s2.example/1"}
- {publication: groups, source: Semantic Scholar, count: 0, date: 2026-11-12}
- {publication: fields, source: OpenAlex, count: 900, date: 2026-11-13}
"""


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return write_tables(tmp_path, profile="name: E. Noether\n", publications=PAPERS, citations=COUNTS)


def test_an_entry_names_each_source_with_its_date(data: Path) -> None:
    shown = listings.publication_list(tables.load_table("publications", data)) or ""
    assert '<p class="citations">1 citation (Semantic Scholar, 12 Nov 2026)</p>' in shown
    linked = '<a href="https://s2.example/1">1,097 citations</a> (Semantic Scholar, 11 Nov 2026)'
    assert f'<p class="citations">{linked}, 900 citations (OpenAlex, 13 Nov 2026)</p>' in shown
    assert shown.count('class="citations"') == 2


def test_a_cv_has_no_counts_and_the_papers_own_page_has(data: Path) -> None:
    publications = tables.load_table("publications", data)
    assert "citation" not in (listings.publication_list(publications, brief=True) or "")
    [row] = [row for row in tables.load_rows(Publication, data) if row.id == "rings"]
    assert "1 citation (Semantic Scholar, 12 Nov 2026)" in paper_body(row, "")


def test_totals_and_h_index_are_by_source_with_the_oldest_date(data: Path) -> None:
    shown = listings.citation_summary(tables.load_table("publications", data))
    assert shown == (
        '<p class="citations">1,098 citations, h-index 1 (Semantic Scholar, 11 Nov 2026); '
        "900 citations, h-index 1 (OpenAlex, 13 Nov 2026)</p>"
    )


def test_the_list_can_be_sorted_by_the_largest_count(data: Path) -> None:
    explorer = listings.publication_explorer(tables.load_table("publications", data), least=1)
    found = read_data(explorer)
    assert "cited" in found["sorts"]
    assert found["numbers"] == {"cited": [1, 1097, 0]}


def test_without_counts_nothing_is_shown(tmp_path: Path) -> None:
    data = write_tables(tmp_path, profile="name: E. Noether\n", publications=PAPERS)
    publications = tables.load_table("publications", data)
    assert listings.citation_summary(publications) is None
    shown = listings.publication_explorer(publications, least=1) or ""
    assert "citation" not in shown.replace("BibTeX", "")
    assert read_data(shown)["numbers"] == {}


@pytest.mark.parametrize("count", ["-1", "97.5", "many", "'10000000000'"])
def test_an_invalid_count_is_an_error_with_its_place(tmp_path: Path, count: str) -> None:
    counts = f"- {{publication: rings, source: OpenAlex, count: {count}, date: 2026}}\n"
    data = write_tables(tmp_path, profile="name: E. Noether\n", publications=PAPERS, citations=counts)
    [problem] = tables.check_tables(data)
    assert "data/citations.yml:1:" in str(problem)
    assert "is not a number of citations (expected one such as 97)" in str(problem)


def test_a_count_of_an_unknown_publication_is_an_error(tmp_path: Path) -> None:
    counts = "- {publication: rngs, source: OpenAlex, count: 1, date: 2026}\n"
    data = write_tables(tmp_path, profile="name: E. Noether\n", publications=PAPERS, citations=counts)
    assert "did you mean 'rings'?" in str(tables.check_tables(data)[0])
