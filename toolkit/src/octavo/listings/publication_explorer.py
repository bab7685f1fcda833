"""The publications' explorer: all by year, with abstracts and BibTeX, and what they can be filtered by."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from markupsafe import Markup

from octavo.citations.bibtex import MOST_AUTHORS, make_entry
from octavo.citations.csl import make_item
from octavo.html import element, join
from octavo.listings.citation import bibtex_block
from octavo.listings.explorer import FEW, Explorer, Facet, Grouping
from octavo.listings.links import link
from octavo.listings.publications import PUBLISHED, citation_summary, marks_note, publication_item
from octavo.markdown import render_title
from octavo.model.byline import Owner, fold_authors, list_names
from octavo.model.publications import Publication

if TYPE_CHECKING:
    import pandas as pd

MOST_IN_FULL = 1000
"""With more rows, abstracts and BibTeX are only on the papers' own pages: the list would take too long to load."""

# What people call the CSL types that papers usually have; others keep CSL's names.
TYPE_NAMES = {
    "article": "Preprints",
    "article-journal": "Journal articles",
    "article-magazine": "Magazine articles",
    "article-newspaper": "Newspaper articles",
    "book": "Books",
    "chapter": "Book chapters",
    "dataset": "Datasets",
    "entry-encyclopedia": "Encyclopedia articles",
    "manuscript": "Manuscripts",
    "paper-conference": "Conference papers",
    "patent": "Patents",
    "post-weblog": "Blog posts",
    "report": "Reports",
    "review": "Reviews",
    "speech": "Talks",
    "thesis": "Theses",
}


def publication_explorer(
    publications: pd.DataFrame, *, owner: Owner = (), site_url: str = "", least: int = FEW
) -> Markup | None:
    """What is not out yet first, then by year; with scripts, it can be searched, filtered, sorted, and grouped.

    Fewer than `least` rows are a plain list, which needs no controls. The owner is bold and isn't listed as a
    co-author. BibTeX needs `site_url`, the site's address, to name files of the site.
    """
    in_full = len(publications) <= MOST_IN_FULL
    explorer = Explorer(
        name="publications",
        noun=("publication", "publications"),
        row_type=Publication,
        item=lambda row: publication_item(row, owner, _details(row, site_url) if in_full else None),
        list_class="publications",
        groupings=[
            Grouping("year", "Year", lambda row: row.group, _year_identifier),
            Grouping("type", "Type", lambda row: name_type(row.type)),
        ],
        facets=_list_facets(publications, owner),
        sorts={
            "newest": "Newest first",
            "oldest": "Oldest first",
            "cited": "Most cited",
            "title": "Title",
            "venue": "Venue",
        },
        numbers={"cited": lambda row: max((count.count for count in row.citations), default=None)},
        unseen_text=lambda row: _unseen_text(row, owner),
        saves=in_full,
    )
    whole = element("p", link("All as BibTeX", "publications.bib"), class_="whole")
    shown = explorer.show_rows(publications, citation_summary(publications), whole, least=least)
    return join("\n", [shown, marks_note(publications["authors"])]) if shown else None


def name_type(type_: str) -> str:
    """What people call a CSL type, in the plural."""
    return TYPE_NAMES.get(type_, type_.replace("-", " ").replace("_", " ").capitalize())


def _list_facets(publications: pd.DataFrame, owner: Owner) -> list[Facet[Publication]]:
    types = {type_: name_type(type_) for type_ in publications["type"].unique()}
    statuses = {status: status.capitalize() for status in [PUBLISHED, *publications["status"].dropna()]}
    name, own = _name_authors(owner), list_names(owner)[:1]
    return [
        Facet("year", "Year", lambda row: [str(row.year)] if row.year else [], newest_first=True),
        Facet("type", "Type", lambda row: [row.type], types),
        Facet("status", "Status", lambda row: [row.status or PUBLISHED], statuses),
        Facet("topic", "Topic", lambda row: row.topics),
        Facet("venue", "Venue", lambda row: [row.published_in] if row.published_in else []),
        Facet("coauthor", "Co-author", lambda row: [other for other in name(row) if other not in own]),
        Facet("first", "First author", lambda row: name(row)[:1]),
    ]


def _name_authors(owner: Owner) -> Callable[[Publication], list[str]]:
    """Names the authors of a row that its byline shows, and everyone who is in the table of people.

    The owner and those people always have the same name.
    """
    names = list_names(owner)

    def name(row: Publication) -> list[str]:
        shown = fold_authors(row.makers, owner).shown
        known = [author for author in row.makers[len(shown) :] if author.known_as]
        return [names[0] if author.is_named(names) else author.known_as or str(author) for author in (*shown, *known)]

    return name


def _year_identifier(heading: str) -> str:
    return f"year-{heading}" if heading.isdigit() else heading.lower().replace(" ", "-")


def _details(row: Publication, site_url: str) -> Markup:
    """The abstract, if there is one, and the BibTeX."""
    entry = make_entry(make_item(row, site_url)).shown
    parts = [
        element("summary", "Abstract") + element("p", render_title(row.abstract), class_="abstract")
        if row.abstract
        else None,
        element("summary", "BibTeX") + bibtex_block(entry),
    ]
    return Markup("").join(element("details", part) for part in parts if part)


def _unseen_text(row: Publication, owner: Owner) -> str:
    """Topics, the venue in full, and the authors behind the fold; of thousands, those in the table of people."""
    hidden = row.makers[len(fold_authors(row.makers, owner).shown) :]
    found = [author for author in hidden if author.known_as or len(row.makers) <= MOST_AUTHORS]
    venue = [row.container_title] if row.venue and row.container_title else []
    return " ".join([*row.topics, *venue, *(f"{author} {author.known_as}".strip() for author in found)])
