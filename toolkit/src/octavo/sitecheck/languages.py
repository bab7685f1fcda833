"""Languages: whether pages and their versions in other languages name each other.

Search engines ignore a version that doesn't name the page in return, and a page that doesn't name itself
(https://developers.google.com/search/docs/specialty/international/localized-versions#html).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from octavo.errors import Problem
from octavo.sitecheck.page import Page, find_place, parse_page
from octavo.sitecheck.references import locate
from octavo.sitecheck.site import Site

_DEFAULT = "x-default"
# What pages without versions don't have: most sites are spared the parsing.
_ATTRIBUTE = b"hreflang"

Versions = Mapping[str, tuple[str | None, int, int]]
"""The file of each version by its language, None if it isn't the site's, with the place that names it."""


def check_languages(site: Site) -> Iterator[Problem]:
    """Pages that their versions don't name, or that don't name themselves."""
    named = {path: versions for path in site.pages if (versions := _read_versions(site, path))}
    for path, versions in named.items():
        own = [language for language, (file, _, _) in versions.items() if file == path and language != _DEFAULT]
        if not own:
            yield Problem(path, 1, 1, "the page names its versions in other languages, but not itself")
        for language, (file, line, column) in versions.items():
            if file and file != path and path not in [back for back, _, _ in named.get(file, {}).values()]:
                message = f"the version in {language!r}, {file}, doesn't name this page in return"
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
