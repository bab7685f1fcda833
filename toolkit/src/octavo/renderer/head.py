"""The head: the favicon, cards, and address that Quarto's website step adds to a page, and its window title."""

from __future__ import annotations

import mimetypes
import re
from collections.abc import Mapping
from html import escape, unescape
from pathlib import PurePosixPath
from typing import Any

from octavo.renderer.cards import make_cards
from octavo.renderer.configuration import Site
from octavo.renderer.sources import Source

_TITLE_BLOCK = re.compile(r"<header\b[^>]*\bclass=\"[^\"]*\bquarto-title-block\b")
_EMPTY_TITLE_BLOCK = '<header id="title-block-header" class="quarto-title-block"></header>'
_MAIN = re.compile(r"<main\b[^>]*>")


def add_head(html: str, site: Site, source: Source, texts: Mapping[str, str]) -> str:
    """The page's HTML with the favicon at the start of the head and the other tags at its end.

    `texts` are the card texts as HTML written by Pandoc.
    """
    favicon = site.website.get("favicon")
    if favicon:
        kind = mimetypes.guess_type(str(favicon))[0] or ""
        link = f'\n<link href="{escape(f"{source.page.offset}/{favicon}")}" rel="icon" type="{kind}">'
        html = html.replace("<head>", "<head>" + link, 1)
    plain = {name: unescape(re.sub(r"<[^>]*>", "", text)) for name, text in texts.items()}
    tags = "".join(_meta(name, value) for name, value in make_cards(site, source, html, plain))
    address = _canonical_address(site, source)
    if address:
        tags += f'<link rel="canonical" href="{escape(address)}">\n'
    html = html.replace("</head>", tags + "</head>", 1)
    return html if _TITLE_BLOCK.search(html) else _MAIN.sub(rf"\g<0>{_EMPTY_TITLE_BLOCK}", html, count=1)


def with_page_title(site: Site, source: Source) -> dict[str, Any]:
    """The page's metadata, with a window title if the page has none of its own."""
    metadata, page = source.metadata, source.page
    if metadata.get("title") or metadata.get("pagetitle"):
        return metadata
    home = page.output == "index.html" and site.website.get("title")
    return {**metadata, "pagetitle": home or PurePosixPath(page.path).stem}


def _meta(name: str, content: str) -> str:
    attribute = "property" if name.startswith("og:") else "name"
    return f'<meta {attribute}="{name}" content="{escape(content)}">\n'


def _canonical_address(site: Site, source: Source) -> str | None:
    stated = source.metadata.get("canonical-url")
    if isinstance(stated, str):
        return stated
    if stated is not True or not site.address:
        return None
    return site.address + re.sub(r"(^|/)index\.html$", r"\1", source.page.output)
