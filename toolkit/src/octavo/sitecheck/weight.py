"""Weight: what a visitor downloads to see a page, held to the `budget:` of `_quarto.yml`.

    budget:
      - { page: index.html, weight: 15 kB, requests: 4 }
      - { page: "*.html", weight: 60 kB }
      - { file: "*.png", weight: 60 kB }

For each page or file the first entry counts whose pattern fits (`*` stands for anything, slashes too). A
page's weight is its own and that of everything that it loads at once from the site: styles, scripts, icons,
pictures that aren't lazy, and what those load in turn; text compressed by brotli, as hosts send it, the rest
as it is; 1 kB is 1000 bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

import brotli  # type: ignore[import-untyped]

from octavo.errors import OctavoError, Problem
from octavo.sitecheck.addresses import Inside, locate
from octavo.sitecheck.site import Site

UNITS = {"b": 1, "kb": 1000, "mb": 1000_000}
COMPRESSED = frozenset(
    {".html", ".htm", ".css", ".js", ".mjs", ".json", ".xml", ".svg", ".txt", ".bib", ".ris", ".csv", ".ico"}
)
KEYS = frozenset({"page", "file", "weight", "requests"})


@dataclass(frozen=True)
class Budget:
    """At most `weight` bytes in `requests` for what fits `pattern`: a file, or a page with all it loads."""

    pattern: str
    whole_page: bool
    weight: int
    requests: int | None = None


def parse_budget(entries: object) -> tuple[Budget, ...]:
    """The entries under `budget:`; raises OctavoError for what is none."""
    if entries is None:
        return ()
    if not isinstance(entries, list):
        raise OctavoError("_quarto.yml: budget: a list is needed: - { page: index.html, weight: 15 kB }")
    return tuple(_parse_entry(number, entry) for number, entry in enumerate(entries))


def _parse_entry(number: int, entry: object) -> Budget:
    place = f"_quarto.yml: budget[{number}]"
    if not isinstance(entry, dict) or not set(entry) <= KEYS or ("page" in entry) == ("file" in entry):
        raise OctavoError(f"{place}: {entry!r} is no entry (page or file, weight, requests)")
    match = re.fullmatch(r"(\d+(?:\.\d+)?)\s*(B|kB|MB)", str(entry.get("weight")), re.IGNORECASE)
    if not match:
        raise OctavoError(f"{place}.weight: {entry.get('weight')!r} is no weight (15 kB)")
    requests = entry.get("requests")
    if requests is not None and (not isinstance(requests, int) or requests < 1):
        raise OctavoError(f"{place}.requests: {requests!r} is no number of requests")
    weight = round(float(match[1]) * UNITS[match[2].lower()])
    return Budget(str(entry.get("page", entry.get("file"))), "page" in entry, weight, requests)


def check_weight(site: Site, budgets: tuple[Budget, ...]) -> Iterator[Problem]:
    """Pages and files over their budget, the heaviest part named."""
    scales = Scales(site)
    for path in sorted(site.files):
        for whole_page in (True, False):
            budget = _find_budget(path, whole_page, budgets)
            if budget and (message := _find_excess(path, budget, scales)):
                yield Problem(path, 1, 1, message)


def _find_budget(path: str, whole_page: bool, budgets: tuple[Budget, ...]) -> Budget | None:
    fitting = (each for each in budgets if each.whole_page == whole_page and fnmatchcase(path, each.pattern))
    return next(fitting, None)


def _find_excess(path: str, budget: Budget, scales: Scales) -> str | None:
    parts = scales.find_parts(path) if budget.whole_page else [path]
    if budget.requests is not None and len(parts) > budget.requests:
        return f"it takes {len(parts)} requests, over the budget of {budget.requests}: {', '.join(parts)}"
    # Compressing is slow; what fits uncompressed needs none.
    if sum(map(scales.measure, parts)) <= budget.weight:
        return None
    weights = {part: scales.weigh(part) for part in parts}
    total = sum(weights.values())
    if total <= budget.weight:
        return None
    heaviest = max(parts, key=lambda part: weights[part])
    return (
        f"it weighs {format_size(total)}, over the budget of {format_size(budget.weight)}; "
        f"most of it: {heaviest}, {format_size(weights[heaviest])}"
    )


def format_size(size: int) -> str:
    """`14.2 kB`: bytes as a person reads them."""
    return f"{size / 1000:.1f} kB" if size < UNITS["mb"] else f"{size / 1000_000:.1f} MB"


class Scales:
    """Weighs the files of a site, each once."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self._weights: dict[str, int] = {}

    def find_parts(self, path: str) -> list[str]:
        """The page and every file that the browser loads with it, in the order in which they are found."""
        parts = [path]
        for part in parts:
            reading = self.site.readings.get(part)
            for reference in reading.references if reading else ():
                loaded = self._find_loaded(reference.address, part) if reference.kind == "loads" else None
                if loaded and loaded not in parts:
                    parts.append(loaded)
        return parts

    def _find_loaded(self, address: str, path: str) -> str | None:
        target = locate(address, path, self.site.url)
        return self.site.find_file(target.path) if isinstance(target, Inside) else None

    def measure(self, path: str) -> int:
        """Bytes on disk."""
        return (self.site.folder / path).stat().st_size

    def weigh(self, path: str) -> int:
        """Bytes on the wire."""
        if path not in self._weights:
            content = (self.site.folder / path).read_bytes()
            compressible = Path(path).suffix.lower() in COMPRESSED
            self._weights[path] = len(brotli.compress(content)) if compressible else len(content)
        return self._weights[path]
