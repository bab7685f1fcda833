"""Policy: code that the site's Content-Security-Policy blocks, and files loaded from other hosts.

No inline styles or scripts, nothing from a host that the owner doesn't allow, and `data:` for images only.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from turbohtml import Element

from octavo.errors import Problem
from octavo.policy import OWN, Policy
from octavo.quarto_yaml import CONFIGURATION
from octavo.sitecheck.addresses import Elsewhere, Inside, Outside, Target
from octavo.sitecheck.page import Page
from octavo.sitecheck.references import Reference
from octavo.sitecheck.site import Site

# Blocks of these types are data, which browsers don't run.
_INERT_TYPES = frozenset({"application/ld+json", "application/json", "text/plain"})
# The keys of `allow:` for what these elements load.
_KINDS = {
    "<iframe": "frames",
    "<script": "scripts",
    "the script": "scripts",
    '<link rel="stylesheet': "styles",
    '<link rel="icon': "images",
    "<img": "images",
    "<source srcset": "images",
    "<source": "media",
    "<video": "media",
    "<audio": "media",
    "<track": "media",
}
# In a style sheet, the file's extension decides.
_STYLE_KINDS = {".css": "styles", ".woff2": "fonts", ".woff": "fonts", ".ttf": "fonts", ".otf": "fonts"}


def check_inline_code(page: Page) -> Iterator[Problem]:
    """Inline styles and scripts."""
    for element in page.document.iter_elements():
        for message in _find_inline_code(element):
            yield page.problem(f"{message}: the Content-Security-Policy blocks it", element)


def _find_inline_code(element: Element) -> Iterator[str]:
    names = element.attrs
    if element.tag in {"style", "base"}:
        yield "inline <style>" if element.tag == "style" else "<base>"
    if element.tag == "script" and "src" not in names and (element.attr("type") or "").lower() not in _INERT_TYPES:
        yield "inline <script>"
    for name in names:
        if name == "style" or (name.startswith("on") and name.isalpha()):
            yield f"inline {name}="


def check_origins(site: Site, policy: Policy) -> Iterator[Problem]:
    """Files that load something from another host, without encryption, or from a `data:` or `javascript:` address."""
    for path, reference, target in site.references:
        if message := _find_fault(reference, target, policy):
            yield Problem(path, reference.line, reference.column, f"{reference.where} {message}")


def _find_fault(reference: Reference, target: Target, policy: Policy) -> str | None:
    if isinstance(target, Elsewhere) and target.scheme == "javascript":
        return "runs a javascript: address: the Content-Security-Policy blocks it"
    if reference.kind not in {"loads", "later"}:
        return None
    if reference.address.lower().startswith("http:"):
        return f"loads {reference.address} without encryption (mixed content)"
    kind = _name_kind(reference)
    if isinstance(target, Outside) and not target.same_host and not policy.allows(kind, reference.address):
        return f"loads {reference.address} from another host{_hint_at(kind, urlsplit(reference.address).netloc)}"
    if kind == "frames" and isinstance(target, Inside) and not policy.allows_own_frames:
        return f"shows a page of the site in a frame: the Content-Security-Policy blocks it{_hint_at(kind, OWN)}"
    if isinstance(target, Elsewhere) and not (target.scheme == "data" and kind == "images"):
        return f"loads a {target.scheme}: address: the Content-Security-Policy blocks it"
    return None


def _name_kind(reference: Reference) -> str:
    """The key of `allow:` for the way in which the address is loaded; empty if there is none."""
    if reference.where == "the style sheet":
        return _STYLE_KINDS.get(PurePosixPath(urlsplit(reference.address).path.lower()).suffix, "images")
    return next((kind for start, kind in _KINDS.items() if reference.where.startswith(start)), "")


def _hint_at(kind: str, host: str) -> str:
    return f"; to allow it, write allow: {{{kind}: [{host}]}} in {CONFIGURATION}" if kind and host else ""
