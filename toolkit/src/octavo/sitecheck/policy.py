"""Policy: what a strict Content-Security-Policy would block, and what is loaded from other hosts.

The policy is `default-src 'none'` with `'self'` for styles, scripts, fonts, and images (W3C CSP Level 3): no inline
styles or scripts, nothing from another host, and `data:` for images only.
"""

from __future__ import annotations

from collections.abc import Iterator

from turbohtml import Element

from octavo.errors import Problem
from octavo.sitecheck.addresses import Elsewhere, Outside, Target
from octavo.sitecheck.page import Page
from octavo.sitecheck.references import Reference
from octavo.sitecheck.site import Site

# Blocks of these types are data, which browsers don't run.
_INERT_TYPES = frozenset({"application/ld+json", "application/json", "text/plain"})
# Places whose address is a picture's.
_PICTURED = ("<img", "<source", "the style sheet")


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


def check_origins(site: Site) -> Iterator[Problem]:
    """What files load from another host, without encryption, or from a `data:` or `javascript:` address."""
    for path, reference, target in site.references:
        if message := _find_fault(reference, target):
            yield Problem(path, reference.line, reference.column, f"{reference.where} {message}")


def _find_fault(reference: Reference, target: Target) -> str | None:
    if isinstance(target, Elsewhere) and target.scheme == "javascript":
        return "runs a javascript: address: the Content-Security-Policy blocks it"
    if reference.kind not in {"loads", "later"}:
        return None
    if reference.address.lower().startswith("http:"):
        return f"loads {reference.address} without encryption (mixed content)"
    if isinstance(target, Outside) and not target.same_host:
        return f"loads {reference.address} from another host"
    if isinstance(target, Elsewhere) and not (target.scheme == "data" and reference.where.startswith(_PICTURED)):
        return f"loads a {target.scheme}: address: the Content-Security-Policy blocks it"
    return None
