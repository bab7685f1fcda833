"""Weight: the bytes that a visitor downloads to see a page, compared with the `budget:` of `_quarto.yml`.

    budget:
      - { page: index.html, weight: 15 kB, requests: 4 }
      - { page: "*.html", weight: 60 kB }
      - { file: "*.png", weight: 60 kB }

The first entry whose pattern matches a page or file applies (`*` matches anything, including slashes). A page's weight
includes everything that it loads at once from the site: styles, scripts, icons, pictures that aren't lazy, and what
those load in turn. Text counts as compressed by brotli, as hosts send it; 1 kB is 1000 bytes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from fnmatch import fnmatchcase
from functools import cache, partial
from pathlib import Path
from typing import NamedTuple

import brotli  # type: ignore[import-untyped]

from octavo.errors import OctavoError, Problem
from octavo.sitecheck.site import Site

UNITS = {"b": 1, "kb": 1000, "mb": 1000_000}
COMPRESSED = frozenset(
    {".html", ".htm", ".css", ".js", ".mjs", ".json", ".xml", ".svg", ".txt", ".bib", ".ris", ".csv", ".ico"}
)
KEYS = frozenset({"page", "file", "weight", "requests"})


class Budget(NamedTuple):
    """At most `weight` bytes in `requests` for files that match `pattern`, or pages with everything they load."""

    pattern: str
    whole_page: bool
    weight: int
    requests: int | None = None


def parse_budget(entries: object) -> tuple[Budget, ...]:
    """The entries under `budget:`; raises OctavoError for invalid ones."""
    if entries is None:
        return ()
    if not isinstance(entries, list):
        raise OctavoError("_quarto.yml: budget: a list is needed: - { page: index.html, weight: 15 kB }")
    return tuple(_parse_entry(number, entry) for number, entry in enumerate(entries))


def _parse_entry(number: int, entry: object) -> Budget:
    place = f"_quarto.yml: budget[{number}]"
    if not isinstance(entry, dict) or not set(entry) <= KEYS or ("page" in entry) == ("file" in entry):
        raise OctavoError(f"{place}: {entry!r} is not an entry (expected page or file, weight, and perhaps requests)")
    match = re.fullmatch(r"(\d+(?:\.\d+)?)\s*(B|kB|MB)", str(entry.get("weight")), re.IGNORECASE)
    if not match:
        raise OctavoError(f"{place}.weight: {entry.get('weight')!r} is not a weight (such as 15 kB)")
    requests = entry.get("requests")
    if requests is not None and (not isinstance(requests, int) or requests < 1):
        raise OctavoError(f"{place}.requests: {requests!r} is not a number of requests")
    weight = round(float(match[1]) * UNITS[match[2].lower()])
    return Budget(str(entry.get("page", entry.get("file"))), "page" in entry, weight, requests)


def check_weight(site: Site, budgets: tuple[Budget, ...]) -> Iterator[Problem]:
    """Pages and files that are over budget, with their heaviest part."""
    measure, weigh = cache(lambda path: (site.folder / path).stat().st_size), cache(partial(weigh_file, site))
    for path in sorted(site.files):
        for whole_page in (True, False):
            fitting = (each for each in budgets if each.whole_page == whole_page and fnmatchcase(path, each.pattern))
            if budget := next(fitting, None):
                parts = find_parts(site, path) if whole_page else [path]
                # Compressing is slow, and unnecessary for pages and files that are within budget uncompressed.
                scale = weigh if sum(map(measure, parts)) > budget.weight else measure
                yield from (Problem(path, 1, 1, message) for message in _find_excess(budget, parts, scale))


def _find_excess(budget: Budget, parts: list[str], weigh: Callable[[str], int]) -> Iterator[str]:
    if budget.requests is not None and len(parts) > budget.requests:
        yield f"it takes {len(parts)} requests, over the budget of {budget.requests}: {', '.join(parts)}"
    total, heaviest = sum(map(weigh, parts)), max(parts, key=weigh)
    if total > budget.weight:
        yield (
            f"it weighs {format_size(total)}, over the budget of {format_size(budget.weight)}; "
            f"most of it: {heaviest}, {format_size(weigh(heaviest))}"
        )


def format_size(size: int) -> str:
    """A number of bytes for people: `14.2 kB`."""
    return f"{size / 1000:.1f} kB" if size < UNITS["mb"] else f"{size / 1000_000:.1f} MB"


def find_parts(site: Site, path: str) -> list[str]:
    """The page and every file that the browser loads with it, in the order they are found."""
    parts = [path]
    for part in parts:
        reading = site.readings.get(part)
        for reference, target in reading.references if reading else ():
            loaded = site.find_file(target) if reference.kind == "loads" else None
            if loaded and loaded not in parts:
                parts.append(loaded)
    return parts


def weigh_file(site: Site, path: str) -> int:
    """The bytes that a host sends for the file."""
    content = (site.folder / path).read_bytes()
    return len(brotli.compress(content)) if Path(path).suffix.lower() in COMPRESSED else len(content)
