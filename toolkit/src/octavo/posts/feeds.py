"""Feeds of posts, with their full text."""

from __future__ import annotations

import datetime
from pathlib import Path
from urllib.parse import urljoin

import turbohtml
from markupsafe import Markup

from octavo.outputs.feeds import Entry
from octavo.posts.listed_page import ListedPage
from octavo.site import Site

# A feed has only the newest posts; its readers already have the older ones.
MOST = 30
_NO_TEXT = "header, nav, script, style, button, [data-made]"


def make_entry(page: ListedPage, folder: Path, site: Site) -> Entry:
    """The page, in the built site at `folder`, as an entry of feeds."""
    address = site.make_address(page.path)
    return Entry(
        address=address,
        title=page.title,
        content=_read_text(folder / page.path, address),
        date=datetime.date.fromisoformat(page.date) if page.date else None,
        authors=tuple(map(str, page.authors)),
        topics=page.categories,
    )


def _read_text(file: Path, address: str) -> Markup:
    """The page's text, with absolute addresses."""
    main = turbohtml.parse(file.read_text(encoding="utf-8")).select_one("main")
    if main is None:
        raise AssertionError("the format has a main element")
    for element in main.select(_NO_TEXT):
        element.decompose()
    for element in main.select(".cell, .cell-output"):
        element.unwrap()  # Quarto gives cells another id each time
    main.rewrite_links(lambda link: urljoin(address, link))
    return Markup(main.inner_html.strip())  # noqa: S704  the renderer wrote it
