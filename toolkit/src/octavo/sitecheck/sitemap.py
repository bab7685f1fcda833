"""Sitemap: `sitemap.xml` by sitemaps.org (0.9), the line in `robots.txt` that names it, and `llms.txt`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from xml.etree.ElementTree import Element

from octavo.errors import Problem
from octavo.sitecheck.references import Reference
from octavo.sitecheck.xml import parse_xml, read_text

SITEMAP_ENTRY = "the sitemap's entry"
_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
_MOST_ENTRIES = 50_000
# W3C's profile of ISO 8601: a date, or a date and time with a zone.
_W3C_DATE = re.compile(r"^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d))?$")


def is_sitemap(path: str, content: bytes) -> bool:
    """Whether a file is a sitemap, by its name or its first bytes."""
    return path.endswith(".xml") and ("sitemap" in path or _NAMESPACE.encode() in content[:1000])


def read_sitemap(path: str, content: bytes) -> tuple[list[Reference], list[Problem]]:
    """The addresses that a sitemap lists, and its problems."""
    parsed = parse_xml(path, content)
    if isinstance(parsed, Problem):
        return [], [parsed]
    root, lines = parsed
    entries = [entry for kind in ("url", "sitemap") for entry in root.findall(_name(kind))]
    locations = [location for entry in entries if (location := entry.find(_name("loc"))) is not None]
    references = [Reference(read_text(each), "names", SITEMAP_ENTRY, lines[each], 1) for each in locations]
    return references, [Problem(path, lines[at], 1, message) for at, message in _find_faults(root, entries)]


def read_robots(text: str) -> Iterator[Reference]:
    """The sitemaps that a `robots.txt` names (RFC 9309)."""
    for line, content in enumerate(text.splitlines(), start=1):
        if named := re.match(r"\s*sitemap\s*:\s*(\S+)", content, re.IGNORECASE):
            yield Reference(named[1], "names", "the sitemap", line, 1)


def read_llms(text: str) -> Iterator[Reference]:
    """The files that an `llms.txt` lists (https://llmstxt.org)."""
    for line, content in enumerate(text.splitlines(), start=1):
        for named in re.finditer(r"(?<!\\)\]\(([^)\s]+)\)", content):
            yield Reference(named[1], "names", "the list's entry", line, named.start(1) + 1)


def _name(local: str) -> str:
    return f"{{{_NAMESPACE}}}{local}"


def _find_faults(root: Element, entries: list[Element]) -> Iterator[tuple[Element, str]]:
    if root.tag not in {_name("urlset"), _name("sitemapindex")}:
        yield root, f"invalid sitemap: its root is {root.tag!r}, not urlset in {_NAMESPACE}"
    if len(entries) > _MOST_ENTRIES:
        yield root, f"invalid sitemap: {len(entries)} entries, at most {_MOST_ENTRIES} are allowed"
    seen: set[str] = set()
    for entry in entries:
        location, modified = read_text(entry.find(_name("loc"))), entry.find(_name("lastmod"))
        if not location:
            yield entry, "invalid sitemap: an entry without loc"
        elif not location.startswith(("https://", "http://")):
            yield entry, f"invalid sitemap: {location!r} is not an absolute address"
        elif location in seen:
            yield entry, f"the sitemap lists {location} twice"
        seen.add(location)
        if modified is not None and not _is_w3c_date(read_text(modified)):
            yield (
                entry,
                f"invalid sitemap: lastmod {read_text(modified)!r} is not a date (such as 2025-11-03)",
            )


def _is_w3c_date(text: str) -> bool:
    """Whether it is an existing date in a format of W3C's note on dates and times."""
    match = _W3C_DATE.match(text)
    try:
        return match is not None and bool(date(*(int(part or 1) for part in match.groups())))
    except ValueError:
        return False
