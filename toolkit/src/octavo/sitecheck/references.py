"""References: every address that a page, a style sheet, or a script names, with its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from turbohtml import Element

from octavo.sitecheck.page import Page, find_place

# `loads`: the browser fetches it with the page; `later`: when it comes into view; `leads`: a person follows it;
# `names`: machines read it, and it should exist all the same.
Kind = Literal["loads", "later", "leads", "names"]

_LEADING_ELEMENTS = frozenset({"a", "area", "blockquote", "del", "form", "ins", "q"})
_LEADING_ATTRIBUTES = frozenset({"formaction", "longdesc", "ping"})
_LOADING_RELATIONS = frozenset(
    {"stylesheet", "icon", "apple-touch-icon", "mask-icon", "manifest", "preload", "modulepreload"}
)
_FETCHING_AHEAD = frozenset({"prefetch", "preconnect", "dns-prefetch", "prerender"})
# Metadata whose content is an address: Open Graph's, Twitter's, and Google Scholar's.
_META_ADDRESSES = re.compile(
    r"^(?:og:(?:url|image|audio|video)(?::(?:secure_)?url)?|twitter:(?:image|player)(?::src)?"
    r"|citation_(?:\w+_)*(?:html|pdf|fulltext|public)_url)$"
)
# Attributes with addresses that a chart loads when a reader asks for it.
_ON_DEMAND = ("data-script", "data-chart")
_CSS_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_CSS_ADDRESS = re.compile(
    r"""url\(\s*(?:"([^"\n]*)"|'([^'\n]*)'|([^)\s"']*))\s*\)|@import\s+(?:"([^"\n]*)"|'([^'\n]*)')""",
    re.IGNORECASE,
)
# A module's static imports; browser tests cover what a script loads while it runs.
_JS_IMPORT = re.compile(r"""^\s*(?:import|export)\b[^;'"]*?["']([^"'\n]+)["']""", re.MULTILINE)


class Reference(NamedTuple):
    """`address` is as written; `where` names its element and attribute in messages."""

    address: str
    kind: Kind
    where: str
    line: int
    column: int


def find_references(page: Page) -> Iterator[Reference]:
    """All addresses on a page, including those in its styles."""
    for element, attribute, address in page.document.links():
        if element.tag != "base":
            kind, where = _classify(element, attribute)
            if (copy := _find_copy(element)) is not None:
                kind = "loads" if element.tag == "source" and address.strip() == copy else "later"
            yield Reference(address.strip(), kind, where, *find_place(element))
    for meta in page.select("meta[content]"):
        name = (meta.attr("property") or meta.attr("name") or "").lower()
        if _META_ADDRESSES.match(name):
            yield Reference((meta.attr("content") or "").strip(), "names", f'<meta "{name}">', *find_place(meta))

    for button in page.select("button[data-script]"):
        for name in _ON_DEMAND:
            yield Reference((button.attr(name) or "").strip(), "names", f"<button {name}>", *find_place(button))


def _classify(element: Element, attribute: str | None) -> tuple[Kind, str]:
    tag = element.tag
    if attribute in {None, "style"}:
        return "loads", f"<{tag}> style"
    if tag == "link":
        relations = frozenset((element.attr("rel") or "").lower().split())
        return _classify_link(relations), f'<link rel="{" ".join(sorted(relations))}">'
    if tag == "meta":
        return "leads", "<meta refresh>"
    where = f"<{tag} {attribute}>"
    if tag in _LEADING_ELEMENTS or attribute in _LEADING_ATTRIBUTES:
        return "leads", where
    return ("later" if attribute == "srcset" or _waits(element) else "loads"), where


def _find_copy(element: Element) -> str | None:
    """The largest copy, which browsers fetch in place of the original; empty if they wait, None without copies."""
    around = element.parent
    if not isinstance(around, Element) or around.tag != "picture":
        return None
    source, image = around.select_one("source[srcset]"), around.select_one("img")
    if source is None or image is None:
        return None
    return "" if _waits(image) else (source.attr("srcset") or "").rpartition(",")[2].split()[0]


def _classify_link(relations: frozenset[str]) -> Kind:
    if relations & _LOADING_RELATIONS and "alternate" not in relations:
        return "loads"
    return "later" if relations & _FETCHING_AHEAD else "names"


def _waits(element: Element) -> bool:
    """Whether the browser waits to fetch it until it is needed."""
    if element.tag in {"video", "audio"}:
        return element.attr("preload") == "none"
    return element.tag in {"source", "track"} or (element.attr("loading") or "").lower() == "lazy"


def find_style_references(css: str) -> Iterator[Reference]:
    """The addresses that a style sheet loads: `url(…)` and `@import`."""
    # Replace comments with spaces to keep the positions.
    text = _CSS_COMMENT.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), css)
    matches = (match for match in _CSS_ADDRESS.finditer(text) if any(match.groups()))
    return (_reference_at(text, match, "the style sheet") for match in matches)


def find_script_references(javascript: str) -> Iterator[Reference]:
    """The files that a script imports when it starts (`./x.js`, `https://…`)."""
    matches = (match for match in _JS_IMPORT.finditer(javascript) if match[1].startswith((".", "/", "http:", "https:")))
    return (_reference_at(javascript, match, "the script's import") for match in matches)


def _reference_at(text: str, match: re.Match[str], where: str) -> Reference:
    address = next(group for group in match.groups() if group)
    start = match.start() + (len(match[0]) - len(match[0].lstrip()))
    line = text.count("\n", 0, start) + 1
    return Reference(address, "loads", where, line, start - text.rfind("\n", 0, start))
