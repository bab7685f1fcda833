"""The head: the favicon, the cards, the address, and the window title that Quarto's website step adds to a page."""

from __future__ import annotations

import mimetypes
import re
from collections.abc import Iterator, Mapping
from html import escape, unescape
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import unquote

from octavo.renderer.configuration import Site, merge_options
from octavo.renderer.includes import place_included
from octavo.renderer.pictures import read_png_size
from octavo.renderer.sources import Source

_IMAGE = re.compile(r"<img\b[^>]*>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"([\w-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
# Quarto chooses pictures with these names for a page's card.
_PREVIEW = re.compile(r"^data:|(?:preview|feature|cover|thumbnail).*?\.(?:png|gif|jpg|jpeg|webp)")
# The drawn card, as the template names it; Quarto's step never says the type.
_DRAWN = re.compile(
    r'<meta property="og:image" content="[^"]*">\n<meta property="og:image:type" content="[^"]*">\n'
    r'(?:<meta property="og:image:\w+" content="[^"]*">\n)*'
)
_CARDS = {
    "open-graph": (
        "og",
        "title description image image-alt image-height image-width locale site-name",
    ),
    "twitter-card": ("twitter", "title description image image-alt creator site card-style"),
}
_NAMES = {
    ("og", "site-name"): "site_name",
    ("twitter", "card-style"): "card",
    **{("og", f"image-{part}"): f"image:{part}" for part in ("alt", "height", "width")},
    ("twitter", "image-alt"): "image:alt",
}
_TITLE_BLOCK = re.compile(r"<header\b[^>]*\bclass=\"[^\"]*\bquarto-title-block\b")
_EMPTY_TITLE_BLOCK = '<header id="title-block-header" class="quarto-title-block"></header>'
_MAIN = re.compile(r"<main\b[^>]*>")


def list_cards(site: Site, source: Source) -> list[str]:
    """The kinds of card, of Quarto's two, that the page has."""
    return [name for name in _CARDS if site.website.get(name) or source.metadata.get(name)]


def card_texts(site: Site, source: Source) -> dict[str, str]:
    """The Markdown texts of the page's cards, by tag name."""
    texts = {}
    for name in list_cards(site, source):
        prefix, _ = _CARDS[name]
        stated = _stated(site, source, name)
        title = stated.get("title") or card_title(site, source.metadata)
        description = stated.get("description") or _description(source.metadata)
        pairs = {"title": title, "description": description or site.website.get("description")}
        texts.update({f"{prefix}:{key}": str(value) for key, value in pairs.items() if value})
    return texts


def card_title(site: Site, metadata: Mapping[str, Any]) -> str | None:
    """The page's title followed by the site's name, as cards show it."""
    site_title = site.website.get("title")
    title = metadata.get("pagetitle") or metadata.get("title")
    if metadata.get("pagetitle") or site_title is None or title == site_title:
        return None if title is None else str(title)
    return str(site_title) if title is None else f"{title} – {site_title}"


def make_cards(site: Site, source: Source, html: str, texts: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The tags' names and contents; `texts` are those of `card_texts` as plain text."""
    for name in list_cards(site, source):
        prefix, keys = _CARDS[name]
        card: dict[str, Any] = {
            "title": card_title(site, source.metadata),
            "description": _description(source.metadata),
            "image": source.metadata.get("image") or None,
        }
        if name == "open-graph" and site.website.get("title"):
            card["site-name"] = site.website["title"]
        stated = _stated(site, source, name)
        card.update({key: stated[key] for key in keys.split() if key in stated})
        if card["title"] is None:
            continue
        _add_image(site, source, html, card)
        if name == "twitter-card" and "card-style" not in card:
            card["card-style"] = "summary_large_image" if card.get("image") else "summary"
        for key, value in card.items():
            if value is not None:
                tag = f"{prefix}:{_NAMES.get((prefix, key), key)}"
                yield tag, str(texts.get(tag, value))


def find_card_files(site: Site, source: Source, html: str) -> dict[str, str]:
    """The card pictures that are files of the project: their paths and addresses."""
    files = {}
    for name in list_cards(site, source):
        image = _stated(site, source, name).get("image") or _find_image(site, source, html)[0]
        if image and not _is_absolute(image):
            files[unquote(place_included(source.page.folder, image))] = image
    return files


def drop_second_card(html: str) -> str:
    """The page's HTML with one picture for its card: its own, if it has one, instead of the drawn one."""
    return _DRAWN.sub("", html, count=1) if html.count('<meta property="og:image" ') > 1 else html


def _stated(site: Site, source: Source, name: str) -> dict[str, Any]:
    """The site's and the page's settings for a kind of card."""
    own, given = source.metadata.get(name), site.website.get(name)
    stated = dict(given) if isinstance(given, dict) else {}
    if stated and source.metadata.get("image"):
        stated["image"] = source.metadata["image"]
    if own is None:
        return stated
    return merge_options(stated, own) if isinstance(own, dict) else {}


def _description(metadata: Mapping[str, Any]) -> Any:
    return next((metadata[key] for key in ("description", "abstract", "subtitle") if metadata.get(key)), None)


def _find_image(site: Site, source: Source, html: str) -> tuple[str | None, str | None]:
    """The address and alternative text of the page's picture: its own, one in its text, or else the site's."""
    stated = source.metadata.get("image")
    if stated is False:
        return None, None
    if stated:
        return str(stated), None
    return _find_preview(html) or (site.website.get("image"), site.website.get("image-alt"))


def _add_image(site: Site, source: Source, html: str, card: dict[str, Any]) -> None:
    if card["image"] is None:
        card["image"], alt = _find_image(site, source, html)
        if card["image"]:
            card["image-alt"] = alt
    if not card["image"] or not site.address:
        return
    image = str(card["image"])
    if not _is_absolute(image):
        path = place_included(source.page.folder, image)
        card["image"] = site.address + path
        file = site.root / unquote(path)
        if file.suffix == ".png" and file.is_file():
            width, height = read_png_size(file.read_bytes())
            card |= {"image-height": height, "image-width": width}  # in Quarto's order
    if source.metadata.get("image-alt") and not card.get("image-alt"):
        card["image-alt"] = source.metadata["image-alt"]


def _is_absolute(address: str) -> bool:
    return re.match(r"https?://.+", address) is not None


def _find_preview(html: str) -> tuple[str, str | None] | None:
    """The address and alternative text of the picture in the text that Quarto would choose."""
    images = [_read_attributes(match[0]) for match in _IMAGE.finditer(html)]
    marked = (image for image in images if "preview-image" in image.get("class", "").split())
    named = (image for image in images if _PREVIEW.search(image.get("src", "")))
    image = next(marked, None) or next(named, None)
    return (unquote(image["src"]), image.get("alt") or None) if image and image.get("src") else None


def _read_attributes(tag: str) -> dict[str, str]:
    return {match[1].lower(): unescape(match[2] or match[3] or match[4] or "") for match in _ATTRIBUTE.finditer(tag)}


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
