"""Rows: whether every row of the tables is everywhere it belongs, and hidden ones are nowhere."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from typing import NamedTuple

from octavo.errors import Problem
from octavo.sitecheck.site import Site

PUBLICATIONS = "publications"
_ON_ITS_PAGE = rf"/{PUBLICATIONS}/([\w.-]+)\.html\b"
# Files that list every publication by its id, and the pattern that finds the ids.
_PLACES = {
    "publications.bib": r"^@\w+\{([^,\s]+),",
    "publications.json": r'"id": ?"([^"]+)"',
    "publications.ris": r"^ID  - (\S+)",
    "feed.xml": _ON_ITS_PAGE,
    "feed.json": _ON_ITS_PAGE,
    "sitemap.xml": _ON_ITS_PAGE,
}
TEXT_FILES = (".html", ".xml", ".json", ".bib", ".ris", ".txt", ".csv", ".md", ".yaml", ".yml", ".js")
# A shorter text, such as `Talk`, can appear anywhere without coming from the hidden row.
TELLING_LENGTH = 12


class Row(NamedTuple):
    """What identifies a table's row in the site: its id (publications only), its anchor, and its title or text."""

    table: str
    identifier: str | None
    anchor: str
    text: str
    hidden: bool


def check_rows(site: Site, rows: Iterable[Row]) -> Iterator[Problem]:
    """Rows that are missing where they belong, and hidden ones that appear."""
    known = tuple(rows)
    if not known:
        return
    visible = [row for row in known if not row.hidden]
    yield from _find_missing_publications(site, [row for row in visible if row.table == PUBLICATIONS])
    yield from _find_missing_anchors(site, visible)
    yield from _find_hidden(site, [row for row in known if row.hidden], visible)


def _find_missing_publications(site: Site, rows: Sequence[Row]) -> Iterator[Problem]:
    for path, pattern in _PLACES.items():
        found = frozenset(re.findall(pattern, _read(site, path), re.MULTILINE))
        for row in rows:
            if row.identifier not in found:
                yield Problem(path, 1, 1, f"the publication {row.identifier!r} is missing")
    for row in rows:
        for ending in (".html", ".bib", ".ris"):
            path = f"{PUBLICATIONS}/{row.identifier}{ending}"
            if path not in site.files:
                yield Problem(path, 1, 1, f"the publication {row.identifier!r} has no such file")


def _find_missing_anchors(site: Site, rows: Sequence[Row]) -> Iterator[Problem]:
    everywhere = frozenset().union(*(site.readings[page].anchors for page in site.pages))
    # A table that no page shows is left out on purpose; one that is shown in part isn't.
    shown = {row.table for row in rows if row.anchor in everywhere} | {PUBLICATIONS}
    for row in rows:
        page = f"{row.table}.html" if f"{row.table}.html" in site.files else None
        anchors = site.readings[page].anchors if page else everywhere
        if row.table in shown and row.anchor not in anchors:
            place = page or "index.html"
            yield Problem(place, 1, 1, f"the row {row.text!r} of {row.table} is {'not here' if page else 'on no page'}")


def _find_hidden(site: Site, hidden: Sequence[Row], visible: Sequence[Row]) -> Iterator[Problem]:
    shown = {row.text for row in visible}
    secrets = [row for row in hidden if len(row.text) >= TELLING_LENGTH and row.text not in shown]
    texts = {row: {row.text, escape(row.text), escape(row.text, quote=False)} for row in secrets}
    for path in sorted(site.files) if hidden else ():
        anchors = site.readings[path].anchors if path in site.readings else frozenset()
        for row in hidden:
            if row.anchor in anchors:
                yield Problem(path, 1, 1, f"it shows the hidden row {row.anchor!r}")
            if row.identifier and path.startswith(f"{PUBLICATIONS}/{row.identifier}."):
                yield Problem(path, 1, 1, f"it belongs to the hidden row {row.identifier!r}")
        if not path.endswith(TEXT_FILES):
            continue
        content = _read(site, path)
        for row, spellings in texts.items():
            starts = [start for text in spellings if (start := content.find(text)) >= 0]
            if starts:
                line = content.count("\n", 0, min(starts)) + 1
                yield Problem(path, line, 1, f"it mentions the hidden row {row.text!r} of {row.table}")


def _read(site: Site, path: str) -> str:
    return (site.folder / path).read_text(encoding="utf-8", errors="replace") if path in site.files else ""
