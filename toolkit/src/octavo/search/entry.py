"""Entries: what a search can find: pages, their sections, the rows of their lists, and publications."""

from __future__ import annotations

from typing import NamedTuple

from markupsafe import Markup

from octavo.citations.bibtex import MOST_AUTHORS
from octavo.html import element, join
from octavo.language.words import name_value, write_word
from octavo.listings.foreign import mark
from octavo.listings.publications import paper_address
from octavo.markdown import plain_text, plain_title, render_title
from octavo.model.byline import Owner, fold_authors
from octavo.model.publications import Publication


class Entry(NamedTuple):
    """One result.

    Attributes:
        address: where it is, from the site's root: `cv.html#talks`.
        title: as it is shown.
        detail: what is shown after it.
        fields: the texts in which it is found, in the order of their weight: title, people, place, and text.
    """

    address: str
    title: Markup
    detail: str
    fields: tuple[str, str, str, str]


def entry_item(entry: Entry) -> Markup:
    """The entry in a list."""
    detail = element("p", entry.detail, class_="details") if entry.detail else None
    return element("li", element("a", entry.title, href=entry.address), detail)


def paper_entry(row: Publication, owner: Owner = ()) -> Entry:
    """A publication's entry; if it has more authors than BibTeX shows, only the shown and the known count."""
    shown = fold_authors(row.makers, owner).shown
    found = row.makers if len(row.makers) <= MOST_AUTHORS else [*shown, *(each for each in row.makers if each.known_as)]
    people = [f"{author} {author.known_as}" for author in [*found, *row.translators]]
    year = row.date.shown if row.date else name_value("status", row.status) if row.status else None
    separator = write_word("list-separator")
    names = separator.join(map(str, shown)) + (f"{separator}…" if len(shown) < len(row.makers) else "")
    place = [row.venue, row.container_title, row.event, row.publisher, year, row.genre, row.award, *row.topics]
    text = [row.abstract, row.tldr, row.note]
    return Entry(
        paper_address(row.id).removeprefix("/"),
        mark(row.title, render_title),
        join(" · ", [names, separator.join(filter(None, [row.published_in, year]))]).unescape(),
        (
            " ".join(map(plain_title, dict.fromkeys([row.title, *row.translations.get("title", {}).values()]))),
            " ".join(people),
            " ".join(filter(None, place)),
            " ".join(plain_text(part) for part in text if part),
        ),
    )
