"""The explorer of publications: a list that is complete without scripts, and the data for the script."""

from __future__ import annotations

import json
import re

import pytest
from markupsafe import Markup

from octavo import listings
from octavo.listings.publication_explorer import MOST_IN_FULL

PAPERS = """
- {id: old, title: Old, type: article-journal, authors: [E. Noether], date: 1919, topics: [rings]}
- {id: undated, title: Undated, type: article, authors: [E. Noether, X. Y.]}
- {id: coming, title: Coming, type: paper-conference, authors: [X. Y., Emmy Noether], date: 1926, status: to appear}
- {id: new, title: New, type: article-journal, authors: [A. Z., E. Noether], date: 1924, venue: Crelle,
   container_title: Journal, topics: [rings, ideals], abstract: On rings.}
- {id: sent, title: Sent, type: article-journal, authors: [E. Noether], status: under review}
"""


def read_data(shown: Markup | None) -> dict:
    block = re.search(r'<script type="application/json" class="explorer-data">(.*?)</script>', shown or "", re.DOTALL)
    assert block
    return json.loads(block[1])


def show_facet(data: dict, key: str) -> list[list[str]]:
    """The values of each row, in the order of the list."""
    facet = next(facet for facet in data["facets"] if facet["key"] == key)
    names = [value if isinstance(value, str) else value[0] for value in facet["values"]]
    rows = ([] if row is None else [row] if isinstance(row, int) else row for row in facet["rows"])
    return [[names[number] for number in row] for row in rows]


@pytest.fixture
def shown(load) -> Markup:
    shown = listings.publication_explorer(load(PAPERS), owner=["E. Noether", "Emmy Noether"], least=1)
    assert shown is not None
    return shown


def test_unpublished_works_are_above_the_years_which_run_backward(shown: Markup) -> None:
    marks = ["Forthcoming", "Coming", "Under review", "Sent", "1924", "New", "1919", "Old", "Undated"]
    places = [shown.index(f">{mark}<") for mark in marks]
    assert places == sorted(places)


def test_abstract_and_bibtex_are_on_the_page_without_a_script(shown: Markup) -> None:
    assert '<details><summary>Abstract</summary><p class="abstract">On rings.</p></details>' in shown
    assert shown.count("<details><summary>BibTeX</summary>") == 5
    assert "@article{new," in shown


def test_every_control_is_hidden_until_a_script_shows_it(shown: Markup) -> None:
    form = re.search(r"<form[^>]*>", shown)
    assert form
    assert " hidden" in form[0]
    beyond = shown[shown.index("</form>") :]
    for control in re.findall(r"<button[^>]*>", beyond):
        assert " hidden" in control or '<p class="nothing" hidden>No publications match. ' + control in beyond


def test_the_data_follow_the_order_of_the_list(shown: Markup) -> None:
    data = read_data(shown)
    assert show_facet(data, "year") == [["1926"], [], ["1924"], ["1919"], []]
    assert show_facet(data, "status") == [["to appear"], ["under review"], *[["published"]] * 3]
    assert show_facet(data, "topic") == [[], [], ["rings", "ideals"], ["rings"], []]


def test_the_owner_is_not_listed_as_a_coauthor_and_has_one_name(shown: Markup) -> None:
    data = read_data(shown)
    assert show_facet(data, "coauthor") == [["X. Y."], [], ["A. Z."], [], ["X. Y."]]
    assert show_facet(data, "first") == [["X. Y."], ["E. Noether"], ["A. Z."], ["E. Noether"], ["E. Noether"]]


def test_the_values_of_a_facet_are_in_a_natural_order(shown: Markup) -> None:
    values = {facet["key"]: facet["values"] for facet in read_data(shown)["facets"]}
    assert values["year"] == ["1926", "1924", "1919"]
    assert [label for _, label in values["type"]] == ["Journal articles", "Conference papers", "Preprints"]
    assert values["topic"] == ["rings", "ideals"]


def test_a_facet_with_one_value_is_left_out_with_its_controls(shown: Markup) -> None:
    data = read_data(shown)
    assert "venue" not in [facet["key"] for facet in data["facets"]]
    assert data["sorts"] == ["newest", "oldest", "title"]
    assert '<option value="venue">' not in shown
    assert "facet-venue" not in shown


def test_text_that_the_list_does_not_show_can_be_searched(shown: Markup) -> None:
    assert read_data(shown)["texts"][2] == "rings ideals Journal"


def fold_paper(load, number: int) -> dict:
    """The data of a paper with this many authors plus a last one from the table of people, and of another paper."""
    names = ", ".join(f"A. Author{index}" for index in range(number))
    row = "- {{id: {0}, title: {0}, type: book, authors: [{1}]}}\n"
    papers = load(
        row.format("a", f"{names}, E. Artin") + row.format("b", "X"), people="- {name: Emil Artin, names: [E. Artin]}"
    )
    return read_data(listings.publication_explorer(papers, least=1))


def test_an_author_behind_the_fold_is_found(load) -> None:
    assert fold_paper(load, 13)["texts"] == ["A. Author10 A. Author11 A. Author12 E. Artin Emil Artin", ""]


def test_people_among_thousands_of_authors_are_found_at_little_cost(load) -> None:
    data = fold_paper(load, 3000)
    assert data["texts"] == ["E. Artin Emil Artin", ""]
    assert show_facet(data, "coauthor")[0][-1] == "Emil Artin"
    assert len(show_facet(data, "coauthor")[0]) == 11


def test_no_text_breaks_out_of_the_data(load) -> None:
    papers = load(
        """
- {id: a, title: A, type: article, authors: ["</script><!--"], topics: ["{{< meta title >}}", "]]>&amp;"]}
- {id: b, title: B, type: article, authors: [X. Y.]}
"""
    )
    shown = listings.publication_explorer(papers, least=1)
    assert show_facet(read_data(shown), "topic")[0] == ["{{< meta title >}}", "]]>&amp;"]
    assert show_facet(read_data(shown), "first")[0] == ["</script><!--"]


def test_a_long_list_is_in_chunks_and_loses_no_row(load) -> None:
    rows = [f"- {{id: p{number}, title: T, type: article, authors: [X. Y.], date: 2020}}" for number in range(321)]
    shown = listings.publication_explorer(load("\n".join(rows)))
    assert shown is not None
    sizes = [chunk.count("<li id=") for chunk in shown.split("<ol ")[1:]]
    assert sizes == [20, 20, 20, 20, 20, 100, 100, 21]


def test_beyond_a_thousand_rows_abstracts_and_bibtex_are_left_to_the_papers_pages(load) -> None:
    row = "- {{id: p{}, title: T, type: article, authors: [X. Y.], abstract: Long.}}"
    shown = listings.publication_explorer(load("\n".join(map(row.format, range(MOST_IN_FULL + 1)))))
    assert shown is not None
    assert "<details>" not in shown
    assert 'class="save"' not in shown
    assert '<a href="/publications/p1000.html">' in shown


def test_a_few_papers_get_a_plain_list(load) -> None:
    shown = listings.publication_explorer(load(PAPERS))
    assert shown is not None
    assert "<form" not in shown
    assert "explorer-data" not in shown
    assert shown.count("<details><summary>BibTeX</summary>") == 5
    assert "All as BibTeX" in shown


def test_an_empty_table_shows_nothing(load) -> None:
    assert (
        listings.publication_explorer(load("- {id: a, title: A, type: article, authors: [X. Y.], hidden: true}"))
        is None
    )


def test_a_paper_with_three_thousand_authors_costs_no_more_than_others(load) -> None:
    authors = ", ".join(["E. Noether", *(f"A. Author{number}" for number in range(2999))])
    papers = load(f"{PAPERS}- {{id: many, title: Many, type: article, date: 1920, authors: [{authors}]}}")
    few = listings.publication_explorer(papers[papers["id"] != "many"], owner=["E. Noether"], least=1)
    many = listings.publication_explorer(papers, owner=["E. Noether"], least=1)
    assert few
    assert many
    assert len(many) - len(few) < len(few) / 5
