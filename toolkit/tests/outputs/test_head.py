"""The head of a paper's page."""

import json
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from octavo.citations import make_item
from octavo.model.authors import Author, parse_author
from octavo.model.dates import PartialDate
from octavo.model.vocabulary import PublicationType
from octavo.outputs.head import DESCRIPTION_LENGTH, describe_paper, iterate_citation_tags, make_head
from tests.outputs.site import SITE
from tests.reading import read_html
from tests.rows import authors, hostile_texts, hostile_words, make_row

# Works that Zotero has no type for.
NAMELESS = {
    *("classic", "document", "event", "figure", "musical_score", "pamphlet", "performance", "periodical"),
    *("entry", "regulation", "treaty"),
}
ADDRESS = f"{SITE.url}/publications/paper-1.html"


def list_tags(**fields: Any) -> list[tuple[str, str]]:
    row = make_row(**fields)
    return list(iterate_citation_tags(row, make_item(row), SITE))


def test_a_conference_paper_has_the_tags_that_scholar_asks_for() -> None:
    tags = list_tags(
        type="paper-conference",
        authors=(Author("E.", "Noether"), Author("A.", "Iyer")),
        date=PartialDate.parse("3 Nov 2025"),
        venue="OSDI",
        page="12–34",
        doi="10.1/x",
        links={"paper": "docs/x.pdf"},
    )
    assert tags == [
        ("citation_title", "A Title"),
        ("citation_author", "Noether, E."),
        ("citation_author", "Iyer, A."),
        ("citation_publication_date", "2025/11/03"),
        ("z:itemType", "conferencePaper"),
        ("citation_inbook_title", "OSDI"),
        ("citation_conference_title", "OSDI"),
        ("citation_doi", "10.1/x"),
        ("citation_firstpage", "12"),
        ("citation_lastpage", "34"),
        ("citation_pdf_url", "https://noether.example/~emmy/docs/x.pdf"),
    ]


def test_missing_fields_get_no_tag() -> None:
    assert list_tags() == [
        ("citation_title", "A Title"),
        ("citation_author", "Noether, E."),
        ("z:itemType", "journalArticle"),
    ]


def test_each_type_names_its_container() -> None:
    article = dict(list_tags(container_title="Annals", volume="5", issue="2", arxiv="2411.08982"))
    assert article["citation_journal_title"] == "Annals"
    assert (article["citation_volume"], article["citation_issue"]) == ("5", "2")
    assert article["citation_arxiv_id"] == "2411.08982"
    thesis = dict(list_tags(type="thesis", publisher="Georgia Tech"))
    assert thesis["citation_dissertation_institution"] == "Georgia Tech"


def test_an_edited_book_names_its_editors_and_serial_numbers() -> None:
    tags = list_tags(type="book", authors=(), editors=(Author("E.", "Artin"),), isbn="978-3-540-62511-3", language="de")
    assert tags[1:] == [
        ("citation_editor", "Artin, E."),
        ("z:itemType", "book"),
        ("citation_isbn", "978-3-540-62511-3"),
        ("citation_language", "de"),
    ]


@pytest.mark.parametrize(
    ("authors", "written"),
    [
        ("Jan van den Berg and E. Noether", ["van den Berg, Jan", "Noether, E."]),
        # Zotero reads both sides of a single author's comma as two people if each has several words.
        ("Gabriel José García Márquez", ["Márquez, Gabriel José García"]),
        ("García Márquez, Gabriel José", ["Gabriel José García Márquez"]),
        ("García Márquez, Gabriel José and E. Noether", ["García Márquez, Gabriel José", "Noether, E."]),
        ("{ATLAS Collaboration}", ["ATLAS Collaboration"]),
    ],
)
def test_authors_are_written_so_that_zotero_knows_the_family_name(authors: str, written: list[str]) -> None:
    people = tuple(map(parse_author, authors.split(" and ")))
    assert [content for name, content in list_tags(authors=people) if name == "citation_author"] == written


@pytest.mark.parametrize("kind", get_args(PublicationType))
def test_zotero_recognizes_every_type(kind: str) -> None:
    """Expected are the types that its "Embedded Metadata" translator chose for such pages; for a few it has none."""
    item_type = dict(list_tags(type=kind))["z:itemType"]
    assert (item_type == "document") == (kind in NAMELESS)


def test_proceedings_conferences_and_report_numbers_have_different_tags() -> None:
    tags = list_tags(type="paper-conference", container_title="Proceedings of OSDI", event="OSDI 24")
    # The last of these tags determines the type.
    assert tags[-2:] == [("citation_inbook_title", "Proceedings of OSDI"), ("citation_conference_title", "OSDI 24")]
    report = dict(list_tags(type="report", number="EECS-2006-183"))
    assert report["citation_technical_report_number"] == "EECS-2006-183"
    assert dict(list_tags(type="entry-encyclopedia", container_title="Enz."))["prism.publicationName"] == "Enz."


def test_the_head_has_the_whole_abstract_and_not_only_the_preview() -> None:
    assert dict(list_tags(abstract="*Rings*. " * 100))["citation_abstract"] == " ".join(["Rings."] * 100)


def test_a_pdf_on_another_site_is_not_given_as_ours() -> None:
    for paper in ("https://else.example/x.pdf", "docs/x.html"):
        assert "citation_pdf_url" not in dict(list_tags(links={"paper": paper}))


def test_the_head_links_to_the_page_itself_and_its_citations() -> None:
    row = make_row(date=PartialDate.parse("2024"), topics=("a", "b"))
    head = read_html(make_head(row, make_item(row), ADDRESS, SITE))
    links = [
        (link.attributes["rel"], link.attributes.get("type"), link.attributes["href"]) for link in head.find("link")
    ]
    assert links == [
        ("canonical", None, ADDRESS),
        ("type", None, "https://schema.org/AboutPage"),
        ("type", None, "https://schema.org/ScholarlyArticle"),
        ("describedby", "application/x-bibtex", "paper-1.bib"),
        ("describedby", "application/x-research-info-systems", "paper-1.ris"),
        ("linkset", "application/linkset+json", "../linkset.json"),
        ("alternate", "text/markdown", "paper-1.llms.md"),
    ]
    graph = [
        (tag.attributes["property"], tag.attributes["content"])
        for tag in head.find("meta")
        if "property" in tag.attributes
    ]
    assert graph == [
        ("og:url", ADDRESS),
        ("article:published_time", "2024"),
        ("article:tag", "a"),
        ("article:tag", "b"),
    ]


def test_the_description_is_the_start_of_the_abstract_or_the_authors_and_venue() -> None:
    row = make_row(venue="OSDI", date=PartialDate.parse("2026"))
    assert describe_paper(row) == "E. Noether. OSDI 2026"
    row = make_row(abstract="word " * 100)
    text = describe_paper(row)
    assert text.endswith("word…")
    assert len(text) <= DESCRIPTION_LENGTH + 1


@given(hostile_words, st.lists(authors, max_size=3).map(tuple), hostile_texts, st.lists(hostile_words, max_size=2))
def test_no_text_breaks_out_of_its_tag(title: str, names: tuple[Author, ...], text: str, topics: list[str]) -> None:
    row = make_row(title=title, authors=names, abstract=text, venue=text, award=text, topics=tuple(topics))
    item = make_item(row)
    head = read_html(make_head(row, item, ADDRESS, SITE))
    assert {element.tag for element in head.walk()} == {"", "meta", "link", "script"}
    assert head.find("meta", name="citation_title")[0].attributes["content"] == item["title"]
    assert len(head.find("meta", name="citation_author")) == len(names)
    assert [json.loads(script.text)["@type"] for script in head.find("script")] == [
        "ScholarlyArticle",
        "BreadcrumbList",
    ]
