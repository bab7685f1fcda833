"""Publications on a page: authors, title, venue, and status."""

from __future__ import annotations

import pytest

from octavo import listings
from octavo.listings.paper import describe_place, paper_body
from octavo.model.dates import PartialDate
from tests.rows import make_row


def test_the_owner_is_bold_and_namesakes_are_not(load) -> None:
    papers = load("- {id: a, title: A, type: article, authors: [F. Noether, E. Noether, S. Varma]}")
    shown = listings.publication_list(papers, owner=["E. Noether"])
    assert '<p class="authors">F. Noether, <strong>E. Noether</strong>, S. Varma</p>' in shown


def test_equal_contribution_and_correspondence_are_marked_and_explained(load) -> None:
    papers = load(
        "- {id: a, title: A, type: article, authors: [{family: Ju, equal: true}, {family: Iyer, corresponding: true}]}"
    )
    assert 'Ju<sup><abbr title="equal contribution">*</abbr></sup>' in listings.publication_list(papers)
    assert 'Iyer<sup><abbr title="corresponding author">†</abbr></sup>' in listings.publication_list(papers)


@pytest.mark.parametrize(
    ("fields", "line"),
    [
        ("venue: OSDI, date: 2026", "<cite>OSDI</cite> 2026"),
        ("venue: Rings 2026, date: 2026", "<cite>Rings 2026</cite>"),
        ("venue: Rings 2026, date: 2026-07", "<cite>Rings 2026</cite> Jul 2026"),
        ("venue: Rings 2026, page: 1–9, date: 2026", "<cite>Rings 2026</cite>, 1–9, 2026"),
        ("venue: OSDI, status: to appear", '<cite>OSDI</cite> <span class="status">(to appear)</span>'),
        ("status: under submission", '<span class="status">Under submission</span>'),
        ("container_title: Mathematische Annalen, date: 1921", "<cite>Mathematische Annalen</cite> 1921"),
        ("venue: IMICPW, award: Best Paper", '<cite>IMICPW</cite> · <span class="award">Best Paper</span>'),
        ("award: Best Paper", '<span class="award">Best Paper</span>'),
        ("container_title: Ann., volume: '83', issue: 1–2, page: 24–66", "<cite>Ann.</cite> 83 (1–2), 24–66"),
        ("type: article-journal, venue: PLM, volume: '4', number: '12'", "<cite>PLM</cite> 4, article 12"),
        ("type: chapter, editors: [E. Artin], venue: B, page: 1–9", "In E. Artin (ed.), <cite>B</cite>, 1–9"),
        ("editors: [A, B, C, D], venue: B", "In A et al. (eds.), <cite>B</cite>"),
        ("type: book, editors: [E. Artin], publisher: P, date: 1982", "E. Artin (ed.), <cite>P</cite> 1982"),
        ("type: book, translators: [E. Artin], publisher: P", "<cite>P</cite>, translated by E. Artin"),
        ("type: book, translators: [A, B, C, D], date: 1982", "translated by A et al., 1982"),
        ("type: book, publisher: P, series: S, number: '33', edition: '2'", "<cite>P</cite>, S 33, 2nd ed."),
        ("type: book, publisher: P, series: S, volume: '33', edition: Revised", "<cite>P</cite>, S 33, Revised ed."),
        ("type: report, publisher: MIT, genre: Memo, number: '7', date: 1970", "<cite>MIT</cite>, Memo 7, 1970"),
        ("type: thesis, publisher: MIT, genre: PhD thesis", "<cite>MIT</cite>, PhD thesis"),
        ("type: standard, number: ISO 8601, date: 2019", "ISO 8601, 2019"),
        ("type: patent, number: US10452978B2, date: 2019", "Patent US10452978B2, 2019"),
        ("type: patent, genre: Utility model, number: DE 1, date: 2019", "Utility model DE 1, 2019"),
    ],
)
def test_the_venue_line_has_all_known_facts(load, fields: str, line: str) -> None:
    type_ = "" if "type:" in fields else "type: article, "
    papers = load(f"- {{id: a, title: A, {type_}authors: [X. Y.], {fields}}}")
    assert f'<p class="venue">{line}</p>' in listings.publication_list(papers)


def test_an_edited_book_shows_its_editors_as_its_authors(load) -> None:
    papers = load("- {id: a, title: A, type: book, editors: [E. Noether, E. Artin], publisher: P}")
    shown = listings.publication_list(papers, owner=["E. Noether"])
    assert '<p class="authors"><strong>E. Noether</strong>, E. Artin (eds.)</p>' in shown
    assert '<p class="venue"><cite>P</cite></p>' in shown


def test_an_unsigned_work_has_no_line_of_authors(load) -> None:
    papers = load("- {id: a, title: A, type: dataset, publisher: P}")
    assert 'class="authors"' not in listings.publication_list(papers, owner=["E. Noether"])
    body = paper_body(make_row(authors=(), type="dataset", publisher="P"), "@misc{a}", owner=["E. Noether"])
    assert 'class="authors"' not in body


def test_the_page_has_facts_that_the_list_leaves_out() -> None:
    row = make_row(
        venue="B", publisher="P", publisher_place="Berlin", event="ICM",
        event_place="Zürich", event_date=PartialDate.parse("1932"),
    )  # fmt: skip
    assert describe_place(row) == "P, Berlin, ICM, Zürich, 1932"


def test_unknown_facts_leave_no_empty_line(load) -> None:
    papers = load("- {id: a, title: A, type: article, authors: [X. Y.]}")
    assert "venue" not in listings.publication_list(papers)
    assert "links" not in listings.publication_list(papers)


def test_links_are_labeled_by_their_role(load) -> None:
    papers = load(
        """
- id: a
  title: A
  type: article
  authors: [X. Y.]
  arxiv: "2411.08982"
  doi: 10.1007/BF01464225
  links: {poster: https://example.com/p}
"""
    )
    shown = listings.publication_list(papers)
    assert '<li><a href="https://arxiv.org/abs/2411.08982" data-icon="arxiv">arXiv</a></li>' in shown
    assert '<li><a href="https://doi.org/10.1007/BF01464225" data-icon="doi">DOI</a></li>' in shown
    assert '<li><a href="https://example.com/p" data-icon="poster">Poster</a></li>' in shown


def test_thousands_of_authors_are_folded_and_the_page_of_the_paper_is_linked(load) -> None:
    names = ", ".join(f"A. Author{number}" for number in range(2999))
    papers = load(f"- {{id: a, title: A, type: article, authors: [{names}, E. Noether]}}")
    shown = listings.publication_list(papers, owner=["E. Noether"])
    rest = '<a href="/publications/a.html">and 2,990 more</a>, including <strong>E. Noether</strong></p>'
    assert f"A. Author9, … {rest}" in shown
    assert len(shown) < 600


def test_an_empty_table_shows_nothing(load) -> None:
    papers = load("- {id: a, title: A, type: article, authors: [X. Y.], hidden: true}")
    assert listings.publication_list(papers) is None


def test_marks_that_occur_are_explained_once_below_the_list(load) -> None:
    marked = "{family: A, equal: true}, {family: B, equal: true, corresponding: true}"
    row = "- {{id: {}, title: A, type: article, authors: [{}]}}\n"
    rows = load(row.format("a", marked) + row.format("b", marked))
    note = '<p class="marks"><sup>*</sup> equal contribution, <sup>†</sup> corresponding author</p>'
    for shown in (listings.publication_list(rows), listings.publication_explorer(rows)):
        assert shown is not None
        assert shown.endswith(note)
        assert shown.count(note) == 1


def test_marks_that_do_not_occur_are_not_explained(load) -> None:
    assert "marks" not in str(listings.publication_list(load("- {id: a, title: A, type: article, authors: [X. Y.]}")))


def test_volume_issue_and_pages_are_shown_if_known(load) -> None:
    place = "venue: Math. Ann., volume: 83, issue: 1–2, page: 24–66, date: 1921"
    shown = listings.publication_list(load(f"- {{id: a, title: A, type: article-journal, authors: [X. Y.], {place}}}"))
    assert '<p class="venue"><cite>Math. Ann.</cite> 83 (1–2), 24–66, 1921</p>' in str(shown)


def test_a_papers_page_has_its_full_venue_before_its_summary() -> None:
    body = paper_body(make_row(venue="OSDI", container_title="Symposium", tldr="It is fast."), "")
    assert body.index("OSDI") < body.index("Symposium") < body.index("It is fast.")
