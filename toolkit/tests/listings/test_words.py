"""No English is left if the interface is in Arabic and the rows are in Greek."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest
import turbohtml
from markupsafe import Markup

from octavo import listings, tables
from octavo.documents.cv import describe_cv, describe_publications
from octavo.documents.record import load_record
from octavo.language.checking import CATEGORIES
from octavo.language.current import written_in
from octavo.listings.paper import paper_body
from octavo.model.catalog import NewsItem, PatentStatus, Research
from octavo.model.profile import Profile
from octavo.model.publications import Publication
from octavo.model.vocabulary import LINK_ROLES, Status
from octavo.tables.rows import CheckedTables
from tests.tables import write_tables

# Proper names, which no language translates.
NAMES = {"BibTeX", "RIS", "DOI", "arXiv", "Hugging Face", "ORCID", "doi", "h"}
SITE = "lang: ar\nwebsite: {title: Ω, site-url: 'https://example.org'}\n"
_LINKS = "".join(f"{role}: https://1.org/{role}, " for role in LINK_ROLES if role != "doi")
TABLES = {
    "profile": "{name: Ω Α, email: 1@1.org, location: Ω, position: Ω, pronouns: Ω, cv: {file: docs/1.pdf},"
    " earlier_work: Ω, links: [{label: Ω, url: 'https://1.org'}]}",
    "publications": "".join(
        f"- {{id: '{number}', title: Ω, authors: [Ω Α, {{given: Ω, family: Β, equal: true, corresponding: true}}],"
        f" editors: [Ω Γ, Ω Δ], translators: [Ω Ε], type: {type_}, status: {status}, date: {2000 + number}-03,"
        " container_title: Ω, volume: 1, number: 7, edition: 2, page: 1-2, event: Ω, event_date: 2001-05,"
        f" award: Ω, topics: [Ω, Α], abstract: Ω, tldr: Ω, links: {{{_LINKS}}}}}\n"
        for number, (status, type_) in enumerate(
            zip(get_args(Status), ["book", "article-journal", "thesis"] * 3, strict=True)
        )
    )
    + "- {id: '20', title: Ω, editors: [Ω Α], type: book, series: Ω, volume: 2, number: 3}\n"
    + f"- {{id: '21', title: Ω, authors: [{', '.join(f'Ω {chr(0x391 + n)}' for n in range(17))}], type: report,"
    " doi: 10.1145/1}\n",
    "citations": "- {publication: '1', source: Ω, count: 12, date: 2026-11-12}\n",
    "news": "".join(f"- {{date: 20{number}-11, text: Ω, kind: Ω, publication: '1'}}\n" for number in range(10, 25)),
    "research": "- {id: '1', title: Ω, url: 'https://1.org', publications: ['1'], status: under review}\n",
    "people": "".join(
        f"- {{name: Ω {chr(0x391 + number)}, relation: {relation}, thesis: Ω, now: Ω}}\n"
        for number, relation in enumerate(
            ["advisor", "mentor", "postdoc", "student", "staff", "visitor", "collaborator"]
        )
    ),
    "education": "- {degree: Ω, institution: Ω, thesis: Ω, date: 2001 – present}\n",
    "service": "- {role: Ω, date: Summer 2020}\n",
    "patents": "".join(f"- {{title: Ω, inventors: [Ω Α], status: {status}}}\n" for status in get_args(PatentStatus)),
}


@pytest.fixture
def data(tmp_path: Path) -> Iterator[Path]:
    (tmp_path / "_quarto.yml").write_text(SITE, encoding="utf-8")
    folder = write_tables(tmp_path, **TABLES)
    with written_in("ar"):
        yield folder


def find_english(*parts: Markup | None) -> set[str]:
    """The Latin words that readers see or hear."""
    document = turbohtml.parse("".join(part or "" for part in parts))
    texts = []
    for block in document.select(".explorer-data"):
        read = json.loads(block.text)
        texts += [json.dumps(read["words"], ensure_ascii=False)]
        texts += [facet["label"] for facet in read["facets"]] + [str(group["headings"]) for group in read["groups"]]
    for gone in document.select("script, .bibtex code, .email"):
        gone.decompose()
    for name in ("aria-label", "title", "placeholder", "alt"):
        texts += [str(element.attr(name) or "") for element in document.select(f"[{name}]")]
    return _list_words(" ".join([*texts, document.text]))


def _list_words(text: str) -> set[str]:
    for known in sorted(NAMES, key=len, reverse=True):
        text = text.replace(known, "") if len(known) > 1 else re.sub(rf"\b{known}\b", "", text)
    keys = {*CATEGORIES, "count", "some", "all", "rows", "everything", "more", "save"}
    return set(re.findall("[A-Za-z]+", text)) - keys


def test_listings_have_no_english(data: Path) -> None:
    frames, profile = tables.load_tables(data), tables.load_profile(data)
    publications = frames["publications"]
    shown = [
        listings.publication_explorer(publications, owner=profile, least=1),
        listings.publication_chart(publications, least=1),
        listings.publication_list(publications, owner=profile),
        listings.citation_summary(publications),
        listings.news_explorer(frames["news"], least=1),
        listings.people_list(frames["people"]),
        listings.profile_header(profile),
        *(Markup("{} {}").format(*section) for section in listings.cv_sections(profile, frames) if section[1]),
    ]
    assert all(shown)
    assert find_english(*shown) == set()


def test_the_pages_of_papers_have_no_english(data: Path) -> None:
    checked = CheckedTables(data)
    rows, profile = checked.list_rows(Publication), checked.profile
    assert isinstance(profile, Profile)
    pages = [
        paper_body(
            row,
            "",
            owner=profile,
            news=checked.list_rows(NewsItem),
            projects=checked.list_rows(Research),
            previous=rows[0],
            following=rows[1],
        )
        for row in rows
    ]
    assert find_english(*pages) == set()


def test_the_pdf_of_the_cv_has_no_english(data: Path) -> None:
    record = load_record(data.parent)

    def list_texts(value: object, key: str = "") -> Iterator[str]:
        if isinstance(value, dict):
            for name, each in value.items():
                yield from list_texts(each, name)
        elif isinstance(value, list):
            for each in value:
                yield from list_texts(each, key)
        elif isinstance(value, str) and key not in ("link", "paper", "language", "direction"):
            yield value

    texts = [text for document in (describe_cv(record), describe_publications(record)) for text in list_texts(document)]
    assert _list_words(" ".join(texts)) - {"example", "org"} == set()


def test_further_links_of_a_role_are_numbered_in_the_language_of_the_page(load) -> None:
    links = "[{role: code, url: https://a.org}, {role: code, url: https://b.org}, {label: Code 7b, url: https://c.org}]"
    frame = load(f"- {{id: a, title: T, authors: [E. Noether], type: book, links: {links}}}\n")
    with written_in("ar"):
        shown = str(listings.publication_list(frame))
    assert re.findall('<a href="https://..org"[^>]*>([^<]*)<', shown) == ["شفرة", "شفرة 2", "Code 7b"]
