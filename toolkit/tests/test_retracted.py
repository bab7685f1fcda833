"""A retracted paper is marked everywhere: for readers, and in citations, feeds, and the CV."""

from __future__ import annotations

import pytest

from octavo.citations import format_bibtex, make_item
from octavo.documents.entries import publication_entry
from octavo.importing.record import REGISTRY
from octavo.importing.statement import Statement, claim_fields
from octavo.listings.paper import paper_body
from octavo.listings.publications import publication_item
from octavo.model.publications import Publication
from octavo.outputs.feeds import collect_entries
from octavo.outputs.head import describe_paper
from tests.outputs.site import SITE
from tests.rows import make_row

NOTICE = "https://doi.org/10.1021/notice"


@pytest.fixture
def paper() -> Publication:
    return make_row(title="Rings", status="retracted", links={"retraction": NOTICE})


def test_the_list_marks_it_below_the_title_and_links_to_the_notice(paper: Publication) -> None:
    shown = publication_item(paper)
    assert '</h3><p class="retracted">Retracted</p><p class="authors">' in shown
    assert f'href="{NOTICE}"' in shown
    assert "(retracted)" not in shown


def test_its_own_page_begins_with_the_mark(paper: Publication) -> None:
    assert paper_body(paper, "").startswith('<p class="retracted">Retracted</p>')


def test_citations_feeds_and_search_results_mark_it(paper: Publication) -> None:
    item = make_item(paper)
    assert "note = {Retracted}" in " ".join(format_bibtex([item]).split())
    assert [entry.title for entry in collect_entries([paper], [], SITE)] == ["Retracted: Rings"]
    assert describe_paper(paper).startswith("Retracted: ")


def test_the_cv_marks_it(paper: Publication) -> None:
    runs = [run for line in publication_entry(paper, "")["lines"] for run in line]
    assert "Retracted" in "".join(str(run["text"]) for run in runs)


def test_a_registry_that_does_not_mention_it_does_not_undo_it() -> None:
    said = Statement({"title": "Rings"}, "Crossref", "10.1/x", REGISTRY, "2026-01-01")
    assert "status" not in claim_fields(said, {"title": "Rings", "status": "retracted"})
    assert claim_fields(said, {"title": "Rings", "status": "accepted"})["status"] == "published"
