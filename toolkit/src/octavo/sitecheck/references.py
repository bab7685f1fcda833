"""References: every address that a page, a style sheet or a script names, with its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from octavo.sitecheck.page import Node, Page

# `loads`: the browser fetches it by itself, with the page; `later`: by itself, when it comes into view;
# `leads`: a person follows it; `names`: machines read it, and it should be there all the same.
Kind = Literal["loads", "later", "leads", "names"]

LOADING = {
    "script": ("src",),
    "img": ("src", "srcset"),
    "source": ("src", "srcset"),
    "video": ("src", "poster"),
    "audio": ("src",),
    "track": ("src",),
    "iframe": ("src",),
    "embed": ("src",),
    "object": ("data",),
    "input": ("src",),
    "image": ("href", "xlink:href"),
    "feimage": ("href", "xlink:href"),
    "use": ("href", "xlink:href"),
}
LEADING = {
    "a": ("href",),
    "area": ("href",),
    "form": ("action",),
    "button": ("formaction",),
    "input": ("formaction",),
    "blockquote": ("cite",),
    "q": ("cite",),
    "ins": ("cite",),
    "del": ("cite",),
}
NAMING = LOADING.keys() | LEADING.keys() | {"link", "meta", "style"}
LOADING_RELATIONS = frozenset(
    {"stylesheet", "icon", "apple-touch-icon", "mask-icon", "manifest", "preload", "modulepreload"}
)
FETCHING_AHEAD = frozenset({"prefetch", "preconnect", "dns-prefetch", "prerender"})
# Metadata whose content is an address: Open Graph's, Twitter's, and Google Scholar's.
META_ADDRESSES = re.compile(
    r"^(?:og:(?:url|image|audio|video)(?::(?:secure_)?url)?|twitter:(?:image|player)(?::src)?"
    r"|citation_(?:\w+_)*(?:html|pdf|fulltext|public)_url)$"
)
CSS_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
CSS_ADDRESS = re.compile(
    r"""url\(\s*(?:"([^"\n]*)"|'([^'\n]*)'|([^)\s"']*))\s*\)|@import\s+(?:"([^"\n]*)"|'([^'\n]*)')""",
    re.IGNORECASE,
)
# A module's static imports; what a script loads while it runs is for the tests in a browser.
JS_IMPORT = re.compile(r"""^\s*(?:import|export)\b[^;'"]*?["']([^"'\n]+)["']""", re.MULTILINE)


@dataclass(frozen=True)
class Reference:
    """`address` is as written; `where` says in which element and attribute, for messages."""

    address: str
    kind: Kind
    where: str
    line: int
    column: int


def find_references(page: Page) -> tuple[Reference, ...]:
    """All addresses that a page names, those in its `<style>` elements and `style` attributes included."""
    naming = (node for node in page.nodes if node.tag.lower() in NAMING or "style" in node.attributes)
    return tuple(found for node in naming for found in _references_of(node))


def _references_of(node: Node) -> Iterator[Reference]:
    for where, address, kind in _addresses_of(node):
        yield Reference(address.strip(), kind, where, node.line, node.column)
    style = node.text if node.tag == "style" else node.attributes.get("style")
    if style and ("url(" in style.lower() or "@import" in style.lower()):
        for reference in find_style_references(style):
            yield Reference(reference.address, "loads", f"<{node.tag}> style", node.line, node.column)


def _addresses_of(node: Node) -> Iterator[tuple[str, str, Kind]]:
    tag = node.tag.lower()
    if tag == "link":
        yield from _link_address(node)
    elif tag == "meta":
        yield from _meta_address(node)
    for name in LOADING.get(tag, ()):
        value = node.attributes.get(name)
        if value is not None:
            kind: Kind = "later" if _waits(node) or name == "srcset" else "loads"
            for address in _split_sources(value) if name == "srcset" else [value]:
                yield f"<{node.tag} {name}>", address, kind
    for name in LEADING.get(tag, ()):
        value = node.attributes.get(name)
        if value is not None:
            yield f"<{node.tag} {name}>", value, "leads"


def _link_address(node: Node) -> Iterator[tuple[str, str, Kind]]:
    address = node.attributes.get("href")
    relations = frozenset(node.attributes.get("rel", "").lower().split())
    if address is None:
        return
    kind: Kind = "names"
    if relations & LOADING_RELATIONS and "alternate" not in relations:
        kind = "loads"
    elif relations & FETCHING_AHEAD:
        kind = "later"
    yield f'<link rel="{" ".join(sorted(relations))}">', address, kind


def _meta_address(node: Node) -> Iterator[tuple[str, str, Kind]]:
    name = (node.attributes.get("property") or node.attributes.get("name", "")).lower()
    content = node.attributes.get("content", "")
    if META_ADDRESSES.match(name):
        yield f'<meta "{name}">', content, "names"
    refresh = re.match(r"\s*[\d.]*\s*[;,]\s*url\s*=\s*['\"]?([^'\"]*)", content, re.IGNORECASE)
    if node.attributes.get("http-equiv", "").lower() == "refresh" and refresh:
        yield "<meta refresh>", refresh[1], "leads"


def _waits(node: Node) -> bool:
    """Whether the browser fetches it only when it is wanted."""
    if node.tag in {"video", "audio"}:
        return node.attributes.get("preload") == "none"
    if node.tag in {"source", "track"}:
        return True
    return node.attributes.get("loading", "").lower() == "lazy"


def _split_sources(srcset: str) -> list[str]:
    """The addresses of a `srcset`: each ends at white space, and candidates at a comma after it."""
    return re.findall(r"\s*([^\s,]\S*[^\s,])(?:\s[^,]*)?(?:,|$)", srcset)


def find_style_references(css: str) -> list[Reference]:
    """What a style sheet loads: `url(…)` and `@import`."""
    # Comments become as many spaces, so that places stay right.
    text = CSS_COMMENT.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), css)
    matches = CSS_ADDRESS.finditer(text)
    return [_reference_at(text, match, "the style sheet") for match in matches if any(match.groups())]


def find_script_references(javascript: str) -> list[Reference]:
    """What a script imports when it starts, as far as it names a file (`./x.js`, `https://…`)."""
    matches = JS_IMPORT.finditer(javascript)
    found = (_reference_at(javascript, match, "the script's import") for match in matches)
    return [each for each in found if each.address.startswith((".", "/", "http:", "https:"))]


def _reference_at(text: str, match: re.Match[str], where: str) -> Reference:
    address = next(group for group in match.groups() if group)
    start = match.start() + (len(match[0]) - len(match[0].lstrip()))
    line = text.count("\n", 0, start) + 1
    return Reference(address, "loads", where, line, start - text.rfind("\n", 0, start))
