"""Links: whether every address inside the site leads to a file, and every anchor to a place in it."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from octavo.errors import Problem
from octavo.sitecheck.addresses import UNKNOWN_SITE, Inside, Invalid, Outside, Target
from octavo.sitecheck.references import Reference
from octavo.sitecheck.site import Site
from octavo.sitecheck.sitemap import SITEMAP_ENTRY

# Anchors that every page has (WHATWG HTML, 7.4.6.4), and those that name a text of the page.
_EVERYWHERE = frozenset({"", "top"})
_TEXT_FRAGMENT = ":~:"
_NOT_FOUND_PAGE = "404.html"


def check_links(site: Site) -> Iterator[Problem]:
    """Addresses that lead to no file of the site, to no anchor in it, or out of it by mistake."""
    for path, reference, target in site.references:
        if message := _find_fault(site, path, reference, target):
            text = f"{reference.where} {reference.address!r} {message}"
            yield Problem(path, reference.line, reference.column, text)


def _find_fault(site: Site, path: str, reference: Reference, target: Target) -> str | None:
    if isinstance(target, Invalid):
        return f"is no valid address: {target.reason}"
    if isinstance(target, Outside):
        return _find_outside_fault(site, reference, target)
    if not isinstance(target, Inside):
        return None
    if path == _NOT_FOUND_PAGE and not reference.address.startswith(("/", "#", "http:", "https:")):
        return "is relative, but this page is shown under any address: begin it with /"
    file = site.find_file(target)
    if file is None:
        return "leads nowhere" + _suggest(target.path, site)
    known = site.readings.get(file)
    if known and known.blank:
        return f"leads to an empty page, {file} (a draft?)"
    if known is None or not known.anchors or target.fragment.partition(_TEXT_FRAGMENT)[0] in _EVERYWHERE:
        return None
    if target.fragment not in known.anchors:
        return f"leads to no place in {file}: it has no id {target.fragment!r}"
    return None


def _find_outside_fault(site: Site, reference: Reference, target: Outside) -> str | None:
    if site.url == UNKNOWN_SITE:
        return None
    if target.same_host:
        return f"leads out of the site, which begins at {site.url}"
    return f"is not of this site, which begins at {site.url}" if reference.where == SITEMAP_ENTRY else None


def _suggest(path: str, site: Site) -> str:
    close = get_close_matches(path, site.files, n=1, cutoff=0.7)
    return f": no such file (did you mean {close[0]}?)" if close else ": no such file"
