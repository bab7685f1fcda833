"""Paper pages: one for each publication, with its BibTeX and RIS files beside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from octavo.citations import bibtex
from octavo.citations.csl import Item, plain_line
from octavo.files import write_file
from octavo.listings.foreign import mark
from octavo.listings.paper import paper_body
from octavo.made_page import MadePage
from octavo.markdown import render_title
from octavo.model.catalog import NewsItem, Research
from octavo.model.profile import Owner
from octavo.model.publications import Publication
from octavo.outputs.addresses import place_addresses
from octavo.outputs.head import describe_paper, make_head
from octavo.site import Site

FOLDER = "publications"
# The front matter of every paper's page.
FRONT_MATTER = {"og-type": "article", "body-class": "paper", "copy": True}


class Citation(NamedTuple):
    """A publication as BibTeX and as RIS."""

    bibtex: bibtex.Entry
    ris: str


def make_pages(
    rows: Sequence[Publication],
    items: Sequence[Item],
    citations: Sequence[Citation],
    *,
    settings: Site,
    owner: Owner = (),
    news: Sequence[NewsItem] = (),
    projects: Sequence[Research] = (),
) -> Iterator[MadePage]:
    """The page of each row; `items` and `citations` belong to the rows."""
    related: dict[str, list[NewsItem]] = {}
    for line in news:
        related.setdefault(line.publication or "", []).append(line)
    for index, (row, item, citation) in enumerate(zip(rows, items, citations, strict=True)):
        body = paper_body(
            row,
            citation.bibtex.shown,
            owner=owner,
            news=related.get(row.id, ()),
            projects=[project for project in projects if row.id in project.papers],
            previous=rows[index - 1] if index else None,
            following=rows[index + 1] if index + 1 < len(rows) else None,
        )
        path = settings.place(f"{FOLDER}/{row.id}.html")
        yield MadePage(
            path,
            title=plain_line(row.title),
            heading=mark(row.title, render_title),
            description=describe_paper(row),
            card=settings.choose_card(f"{FOLDER}/{row.id}", selected=row.selected),
            head=make_head(row, item, settings.make_address(path), settings),
            body=place_addresses(body, "../" * path.count("/")),
        )


def write_citations(site: Path, rows: Sequence[Publication], citations: Sequence[Citation]) -> None:
    """Write the `.bib` and the `.ris` of each row."""
    for row, citation in zip(rows, citations, strict=True):
        write_file(site / FOLDER / f"{row.id}.bib", citation.bibtex.whole)
        write_file(site / FOLDER / f"{row.id}.ris", citation.ris)


def remove_papers(site: Path, kept: Iterable[str], trees: Iterable[str] = ()) -> list[str]:
    """Remove the pages of papers that are no longer in the table, and return their paths in the site.

    A page with a `.bib` and a `.ris` of the same name is a paper's; other pages of the folder stay. The page's versions
    go, too, which are in the `trees` of other languages.
    """
    identifiers = set(kept)
    gone = [
        page
        for page in sorted((site / FOLDER).glob("*.html"))
        if page.stem not in identifiers and all(_name_sibling(page, kind).is_file() for kind in ("bib", "ris"))
    ]
    for page in gone:
        for path in (page, _name_sibling(page, "bib"), _name_sibling(page, "ris")):
            path.unlink()
    paths = [page.relative_to(site).as_posix() for page in gone]
    versions = [f"{tree}/{path}" for tree in trees for path in paths]
    for version in versions:
        (site / version).unlink(missing_ok=True)
    return [*paths, *versions]


def _name_sibling(page: Path, suffix: str) -> Path:
    return page.with_name(f"{page.name.removesuffix('.html')}.{suffix}")
