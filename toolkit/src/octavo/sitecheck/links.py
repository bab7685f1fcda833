"""Links: whether every internal address leads to a file, anchors to ids, and versions of a page to one another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import get_close_matches

from octavo.errors import Problem
from octavo.sitecheck.addresses import UNKNOWN_SITE, Inside, Invalid, Outside, Target, locate
from octavo.sitecheck.page import Page, find_place, parse_page
from octavo.sitecheck.references import Reference
from octavo.sitecheck.site import Site
from octavo.sitecheck.sitemap import SITEMAP_ENTRY

# Anchors that every page has (WHATWG HTML, 7.4.6.4), and the mark of those that quote the page's text.
_EVERYWHERE = frozenset({"", "top"})
_TEXT_FRAGMENT = ":~:"
_NOT_FOUND_PAGE = "404.html"
_DEFAULT = "x-default"
# Pages without versions don't have this, which saves most sites the parsing.
_ATTRIBUTE = b"hreflang"
Versions = Mapping[str, tuple[str | None, int, int]]
"""The file of each version by its language, None if it isn't the site's, with the place that names it."""


def check_links(site: Site) -> Iterator[Problem]:
    """Addresses that lead to no file of the site, to a missing anchor, or out of the site by mistake."""
    for path, reference, target in site.references:
        if message := _find_fault(site, path, reference, target):
            text = f"{reference.where} {reference.address!r} {message}"
            yield Problem(path, reference.line, reference.column, text)


def _find_fault(site: Site, path: str, reference: Reference, target: Target) -> str | None:
    if isinstance(target, Invalid):
        return f"is not a valid address: {target.reason}"
    if isinstance(target, Outside):
        return _find_outside_fault(site, reference, target)
    if not isinstance(target, Inside):
        return None
    if path == _NOT_FOUND_PAGE and not reference.address.startswith(("/", "#", "http:", "https:")):
        return "is relative, but hosts show this page at any address; start it with /"
    file = site.find_file(target)
    if file is None:
        return "leads nowhere" + _suggest(target.path, site)
    known = site.readings.get(file)
    if known and known.blank:
        return f"leads to an empty page, {file} (a draft?)"
    if known is None or not known.anchors or target.fragment.partition(_TEXT_FRAGMENT)[0] in _EVERYWHERE:
        return None
    if target.fragment not in known.anchors:
        return f"names an anchor that isn't there: {file} has no id {target.fragment!r}"
    return None


def _find_outside_fault(site: Site, reference: Reference, target: Outside) -> str | None:
    if site.url == UNKNOWN_SITE:
        return None
    if target.same_host:
        return f"leads out of the site, which starts at {site.url}"
    return f"is not on this site, which starts at {site.url}" if reference.where == SITEMAP_ENTRY else None


def _suggest(path: str, site: Site) -> str:
    close = get_close_matches(path, site.files, n=1, cutoff=0.7)
    return f": no such file (did you mean {close[0]}?)" if close else ": no such file"


def check_languages(site: Site) -> Iterator[Problem]:
    """Pages that their versions don't name, or that don't name themselves."""
    named = {path: versions for path in site.pages if (versions := _read_versions(site, path))}
    for path, versions in named.items():
        own = [language for language, (file, _, _) in versions.items() if file == path and language != _DEFAULT]
        if not own:
            yield Problem(path, 1, 1, "the page names its versions in other languages, but not itself")
        for language, (file, line, column) in versions.items():
            if file and file != path and path not in [back for back, _, _ in named.get(file, {}).values()]:
                message = f"the version in {language!r}, {file}, doesn't link back to this page"
                yield Problem(path, line, column, message)


def _read_versions(site: Site, path: str) -> Versions:
    content = (site.folder / path).read_bytes()
    page = parse_page(path, content) if _ATTRIBUTE in content else None
    if not isinstance(page, Page):
        return {}
    links = page.select('link[rel="alternate"][hreflang][href]')
    return {
        str(link.attr("hreflang")): (
            site.find_file(locate(str(link.attr("href")), path, site.url)),
            *find_place(link),
        )
        for link in links
    }
