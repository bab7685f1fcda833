"""The publications' explorer: all by year, with abstracts, BibTeX, and filters."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from markupsafe import Markup

from octavo.citations.bibtex import MOST_AUTHORS, make_entry
from octavo.citations.csl import make_item
from octavo.html import element, join
from octavo.language.current import in_one_language
from octavo.language.words import name_value, write_word
from octavo.listings.explorer import FEW, Explorer, Facet, Grouping
from octavo.listings.foreign import mark
from octavo.listings.links import link
from octavo.listings.parts import bibtex_block
from octavo.listings.publications import PUBLISHED, citation_summary, marks_note, publication_item
from octavo.markdown import plain_title, render_title
from octavo.model.profile import Owner, fold_authors, list_names
from octavo.model.publications import Publication
from octavo.model.vocabulary import name_shelf, name_status
from octavo.tables.frames import DataFrame

MOST_IN_FULL = 1000
"""With more rows, abstracts and BibTeX are only on the papers' own pages: the list would take too long to load."""


@in_one_language
def publication_explorer(
    publications: DataFrame, *, owner: Owner = (), site_url: str = "", least: int = FEW
) -> Markup | None:
    """Unpublished works first, then by year; with scripts, it can be searched, filtered, sorted, and grouped.

    Fewer than `least` rows are a plain list, which needs no controls. The owner is bold and isn't listed as a
    co-author. BibTeX needs `site_url`, the site's address, to name files of the site.
    """
    in_full = len(publications) <= MOST_IN_FULL
    explorer = Explorer(
        rows="publications",
        everything="all-publications",
        search="search-publications",
        nothing="no-publications-match",
        row_type=Publication,
        item=lambda row: publication_item(row, owner, _details(row, site_url) if in_full else None),
        list_class="publications",
        groupings=[
            Grouping("year", write_word("year"), lambda row: row.shelf, name_shelf, _name_anchor),
            Grouping("type", write_word("type"), lambda row: row.type, partial(name_value, "type")),
        ],
        facets=_list_facets(publications, owner),
        sorts={
            "newest": write_word("newest-first"),
            "oldest": write_word("oldest-first"),
            "cited": write_word("most-cited"),
            "title": write_word("title"),
            "venue": write_word("venue"),
        },
        numbers={"cited": lambda row: max((count.count for count in row.citations), default=None)},
        unseen_text=lambda row: _unseen_text(row, owner),
        saves=in_full,
    )
    whole = element("p", link(write_word("all-as-bibtex"), "publications.bib"), class_="whole")
    shown = explorer.show_rows(publications, citation_summary(publications), whole, least=least)
    return join("\n", [shown, marks_note(publications["authors"])]) if shown else None


def _list_facets(publications: DataFrame, owner: Owner) -> list[Facet[Publication]]:
    types = {type_: name_value("type", type_) for type_ in publications["type"].unique()}
    statuses = {status: name_status(status) for status in [PUBLISHED, *publications["status"].dropna().unique()]}
    name, own = _name_authors(owner), list_names(owner)[:1]
    return [
        Facet("year", write_word("year"), lambda row: [str(row.year)] if row.year else [], newest_first=True),
        Facet("type", write_word("type"), lambda row: [row.type], types),
        Facet("status", write_word("status"), lambda row: [row.status or PUBLISHED], statuses),
        Facet("topic", write_word("topic"), lambda row: row.topics),
        Facet("venue", write_word("venue"), lambda row: [row.published_in] if row.published_in else []),
        Facet("coauthor", write_word("coauthor"), lambda row: [other for other in name(row) if other not in own]),
        Facet("first", write_word("first-author"), lambda row: name(row)[:1]),
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


def _name_anchor(shelf: str) -> str:
    return f"year-{shelf}" if shelf.isdigit() else shelf


def _details(row: Publication, site_url: str) -> Markup:
    """The abstract, if there is one, and the BibTeX."""
    entry = make_entry(make_item(row, site_url)).shown
    parts = [
        element("summary", write_word("section-title-abstract"))
        + element("p", mark(row.abstract, render_title), class_="abstract")
        if row.abstract
        else None,
        element("summary", "BibTeX") + bibtex_block(entry),
    ]
    return Markup("").join(element("details", part) for part in parts if part)


def _unseen_text(row: Publication, owner: Owner) -> str:
    """The title in other languages, topics, the venue in full, and the authors that the byline leaves out.

    Of thousands of authors, only those in the table of people are included.
    """
    titles = [plain_title(title) for title in row.translations.get("title", {}).values() if title != row.title]
    hidden = row.makers[len(fold_authors(row.makers, owner).shown) :]
    found = [author for author in hidden if author.known_as or len(row.makers) <= MOST_AUTHORS]
    venue = [row.container_title] if row.venue and row.container_title else []
    return " ".join([*titles, *row.topics, *venue, *(f"{author} {author.known_as}".strip() for author in found)])
