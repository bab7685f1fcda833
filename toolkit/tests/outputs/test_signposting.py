"""Signposting: programs find a paper's identifier, authors, metadata, and PDF from its page."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from octavo.model.authors import Author
from octavo.outputs.signposting import format_link_set, list_signposts
from tests.outputs.site import SITE
from tests.rows import make_row

ADDRESS = f"{SITE.url}/publications/paper-1.html"
# https://signposting.org/FAIR/ (level 1: a landing page), and IANA's registry of link relations.
RELATIONS = {"cite-as", "type", "author", "describedby", "item"}


def test_a_paper_has_everything_that_level_1_requires_of_a_landing_page() -> None:
    author = replace(Author("E.", "Noether"), orcid="0000-0002-1825-0097")
    row = make_row(doi="10.1145/1.2", authors=(author,), links={"paper": "docs/paper.pdf"}, type="thesis")
    posts = list(list_signposts(row, ADDRESS, SITE))
    assert {post.relation for post in posts} == RELATIONS
    assert [tuple(post) for post in posts] == [
        ("cite-as", "https://doi.org/10.1145/1.2", ""),
        ("type", "https://schema.org/AboutPage", ""),
        ("type", "https://schema.org/Thesis", ""),
        ("author", "https://orcid.org/0000-0002-1825-0097", ""),
        ("describedby", f"{SITE.url}/publications/paper-1.bib", "application/x-bibtex"),
        ("describedby", f"{SITE.url}/publications/paper-1.ris", "application/x-research-info-systems"),
        ("item", f"{SITE.url}/docs/paper.pdf", "application/pdf"),
    ]


@pytest.mark.parametrize(
    ("fields", "address"),
    [
        ({"doi": "10.1145/1.2", "arxiv": "2411.08982"}, "https://doi.org/10.1145/1.2"),
        ({"arxiv": "2411.08982"}, "https://doi.org/10.48550/arXiv.2411.08982"),
        ({}, None),
    ],
)
def test_it_is_cited_by_its_persistent_identifier(fields: dict[str, str], address: str | None) -> None:
    found = [post.href for post in list_signposts(make_row(**fields), ADDRESS, SITE) if post.relation == "cite-as"]
    assert found == ([address] if address else [])


def test_a_pdf_on_another_site_is_not_an_item() -> None:
    row = make_row(links={"paper": "https://else.example/x.pdf"})
    assert "item" not in {post.relation for post in list_signposts(row, ADDRESS, SITE)}


def test_the_link_set_says_the_same_of_every_page() -> None:
    rows = [make_row(doi="10.1145/1.2"), make_row(id="paper-2", title='A "quoted" title')]
    addresses = [ADDRESS, ADDRESS.replace("-1", "-2")]
    contexts = json.loads(format_link_set(rows, addresses, SITE))["linkset"]
    assert [context.pop("anchor") for context in contexts] == addresses
    for row, address, context in zip(rows, addresses, contexts, strict=True):
        found = {(relation, link["href"]) for relation, links in context.items() for link in links}
        assert found == {(post.relation, post.href) for post in list_signposts(row, address, SITE)}
