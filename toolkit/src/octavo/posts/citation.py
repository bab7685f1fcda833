"""The citation of a post: from `citation:` and `doi:` in its front matter, and its place on the page."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Any

from markupsafe import Markup

from octavo.citations.bibtex import make_entry
from octavo.citations.csl import EXTRA_TEXTS, TEXTS, Item, make_date, make_names
from octavo.language.words import write_word
from octavo.listings.links import link_row
from octavo.listings.parts import bibtex_block, group_section
from octavo.markdown import plain_text
from octavo.model.authors import parse_name
from octavo.model.dates import PartialDate
from octavo.model.identifiers import make_doi_address
from octavo.posts.listed_page import ListedPage
from octavo.site import Site

# CSL's variables that Quarto writes in lower case.
_NAMES = {name.lower(): name for name in (*TEXTS, *EXTRA_TEXTS, "URL")}
# The others that are read.
READ = frozenset([*_NAMES, "type", "citation-key"])


def make_item(page: ListedPage, site: Site, owner: str) -> Item | None:
    """The page as a CSL item, by the `owner` of the site if it names no author; None if it asks for no citation."""
    stated, doi = page.metadata.get("citation"), page.metadata.get("doi")
    if not (stated or doi):
        return None
    options: Mapping[str, Any] = stated if isinstance(stated, dict) else {}
    texts = {_NAMES[key.lower()]: plain_text(str(value)) for key, value in options.items() if key.lower() in _NAMES}
    address = site.make_address(page.path)
    item: Item = {
        "id": str(options.get("citation-key") or _name_key(page.path)),
        "type": str(options.get("type") or "post-weblog"),
        "title": page.title,
        "author": make_names(page.authors or [parse_name(owner)]),
        "issued": make_date(PartialDate.parse(page.date)) if page.date else {},
        "container-title": site.title,
        "DOI": str(doi or ""),
        "URL": address,
        "custom": {"title": str(page.metadata["title"])} if "title" in page.metadata else {},
        **texts,
    }
    return {name: value for name, value in item.items() if value}


def citation_section(item: Item) -> Markup:
    """The part of the page that shows how to cite it."""
    links = link_row({"doi": make_doi_address(item["DOI"])}) if "DOI" in item else None
    return group_section(
        write_word("section-title-citation"),
        "citation",
        Markup("").join(filter(None, [bibtex_block(make_entry(item).shown), links])),
    )


def list_unread(stated: Any) -> list[str]:
    """The keys of `citation:` that no citation shows."""
    return [key for key in (stated if isinstance(stated, dict) else {}) if str(key).lower() not in READ]


def _name_key(path: str) -> str:
    page = PurePosixPath(path)
    return page.parent.name if page.stem == "index" else page.stem
