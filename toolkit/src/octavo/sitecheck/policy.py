"""Policy: what a strict Content-Security-Policy would block, and what comes from somewhere else.

The policy that is meant is `default-src 'none'` with `'self'` for styles, scripts and images (W3C CSP
Level 3): no inline style or script, no `data:` image, nothing from another host.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from octavo.errors import Problem
from octavo.sitecheck.addresses import Elsewhere, Outside, is_secure, locate
from octavo.sitecheck.page import Node, Page
from octavo.sitecheck.references import Reference

# Blocks of these types are read by scripts or engines, never run.
INERT_TYPES = frozenset({"application/ld+json", "application/json", "text/plain"})


def check_inline_code(page: Page) -> Iterator[Problem]:
    """Styles and scripts that stand in the page itself."""
    for node in page.nodes:
        for message in _find_inline_code(node):
            yield page.problem(f"{message}: the Content-Security-Policy blocks it", node)


def _find_inline_code(node: Node) -> Iterator[str]:
    if node.tag == "style":
        yield "inline <style>"
    if node.tag == "script" and "src" not in node.attributes and _type(node) not in INERT_TYPES:
        yield "inline <script>"
    if node.tag == "base":
        yield "<base>"
    for name in node.attributes:
        if name == "style" or (name.startswith("on") and name.isalpha()):
            yield f"inline {name}="


def _type(script: Node) -> str:
    return script.attributes.get("type", "").lower()


def check_origins(path: str, references: Iterable[Reference], site_url: str) -> Iterator[Problem]:
    """What the file `path` loads from another host, without encryption, or from no file at all."""
    for each in references:
        message = _foreign(each, path, site_url)
        if message:
            yield Problem(path, each.line, each.column, f"{each.where} {message}")


def _foreign(reference: Reference, path: str, site_url: str) -> str | None:
    target = locate(reference.address, path, site_url)
    if isinstance(target, Elsewhere) and target.scheme == "javascript":
        return "runs a javascript: address: the Content-Security-Policy blocks it"
    if reference.kind not in {"loads", "later"}:
        return None
    if not is_secure(reference.address):
        return f"loads {reference.address} without encryption (mixed content)"
    if isinstance(target, Outside) and not target.same_host:
        return f"loads {reference.address} from another host"
    if isinstance(target, Elsewhere):
        return f"loads a {target.scheme}: address: the Content-Security-Policy blocks it"
    return None
