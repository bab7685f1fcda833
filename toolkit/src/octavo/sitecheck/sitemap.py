"""Sitemap: `sitemap.xml` by the protocol of sitemaps.org (0.9), and the line of `robots.txt` naming it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from octavo.errors import Problem
from octavo.sitecheck.references import Reference
from octavo.sitecheck.xml import XmlElement, XmlError, parse_xml

NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
MOST_ENTRIES = 50_000
SITEMAP_ENTRY = "the sitemap's entry"
# W3C's profile of ISO 8601: a date, or a date and time with a zone.
W3C_DATE = re.compile(r"^(\d{4}(?:-\d\d){0,2})(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d))?$")

Found = tuple[tuple[Reference, ...], tuple[Problem, ...]]


def is_sitemap(path: str, content: bytes) -> bool:
    """Whether a file is a sitemap: by its name, or by what it begins with."""
    return path.endswith(".xml") and ("sitemap" in path or NAMESPACE.encode() in content[:1000])


def read_sitemap(path: str, content: bytes) -> Found:
    """The addresses that a sitemap lists, and what is wrong with it."""
    try:
        root = parse_xml(content)
    except XmlError as error:
        return (), (Problem(path, error.line, error.column, f"invalid XML: {error.message}"),)
    entries = [*root.find_all(f"{NAMESPACE} url"), *root.find_all(f"{NAMESPACE} sitemap")]
    problems = [Problem(path, line, 1, message) for line, message in _find_faults(root, entries)]
    locations = [location for entry in entries if (location := entry.find(f"{NAMESPACE} loc"))]
    references = (Reference(each.text, "names", SITEMAP_ENTRY, each.line, 1) for each in locations)
    return tuple(references), tuple(problems)


def read_robots(path: str, text: str) -> Found:
    """The sitemaps that a `robots.txt` names (RFC 9309)."""
    lines = enumerate(text.splitlines(), start=1)
    named = ((line, re.match(r"\s*sitemap\s*:\s*(\S+)", content, re.IGNORECASE)) for line, content in lines)
    return tuple(Reference(match[1], "names", "the sitemap", line, 1) for line, match in named if match), ()


def _find_faults(root: XmlElement, entries: list[XmlElement]) -> Iterator[tuple[int, str]]:
    if root.name not in {f"{NAMESPACE} urlset", f"{NAMESPACE} sitemapindex"}:
        yield root.line, f"invalid sitemap: its root is {root.name!r}, not urlset in {NAMESPACE}"
    if len(entries) > MOST_ENTRIES:
        yield root.line, f"invalid sitemap: {len(entries)} entries, at most {MOST_ENTRIES} are allowed"
    seen: set[str] = set()
    for entry in entries:
        location = entry.get(f"{NAMESPACE} loc")
        if not location:
            yield entry.line, "invalid sitemap: an entry without loc"
        elif not location.startswith(("https://", "http://")):
            yield entry.line, f"invalid sitemap: {location!r} is no absolute address"
        elif location in seen:
            yield entry.line, f"the sitemap lists {location} twice"
        seen.add(location or "")
        modified = entry.get(f"{NAMESPACE} lastmod")
        if modified is not None and not is_w3c_date(modified):
            yield entry.line, f"invalid sitemap: lastmod {modified!r} is no date (2025-11-03)"


def is_w3c_date(text: str) -> bool:
    """Whether it is a date of W3C's note on date and time formats, one that the calendar has."""
    match = W3C_DATE.match(text)
    if not match:
        return False
    year, month, day = [*map(int, match[1].split("-")), 1, 1][:3]
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True
