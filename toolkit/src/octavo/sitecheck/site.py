"""Site: a folder of HTML, read once: which files there are, and what each of them names."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from octavo.errors import OctavoError, Problem
from octavo.sitecheck.addresses import normalise_site_url
from octavo.sitecheck.feeds import is_feed, read_feed
from octavo.sitecheck.page import Page, parse_page
from octavo.sitecheck.references import (
    Reference,
    find_references,
    find_script_references,
    find_style_references,
)
from octavo.sitecheck.sitemap import is_sitemap, read_robots, read_sitemap

PageCheck = Callable[[Page], Iterable[Problem]]


@dataclass(frozen=True)
class Reading:
    """What is kept of a file: where one can link to in it, what it names, and its own problems."""

    path: str
    references: tuple[Reference, ...] = ()
    problems: tuple[Problem, ...] = ()
    anchors: frozenset[str] = frozenset()
    canonical: str | None = None
    blank: bool = False


@dataclass(frozen=True)
class Site:
    """`url` is the site's own address and ends in a slash; `files` are paths with forward slashes."""

    folder: Path
    url: str
    files: frozenset[str]
    readings: Mapping[str, Reading] = field(default_factory=dict)

    @property
    def pages(self) -> list[str]:
        """The HTML files, in alphabetical order."""
        return sorted(path for path in self.readings if is_page(path))

    def find_file(self, path: str) -> str | None:
        """The file that a host sends for `path`: itself, or a folder's `index.html`; None if none."""
        candidates = (path, f"{path.rstrip('/')}/index.html".lstrip("/"))
        return next((each for each in candidates if each in self.files), None)


def is_page(path: str) -> bool:
    """Whether a file is HTML, by its name."""
    return path.lower().endswith((".html", ".htm"))


def read_site(folder: Path, url: str | None = None, page_checks: Iterable[PageCheck] = ()) -> Site:
    """Read every file that names others, running `page_checks` on each page on the way.

    Without `url`, the canonical link of the home page tells it, if there is one. Raises OctavoError
    if there is no such folder or no page in it.
    """
    if not folder.is_dir():
        raise OctavoError(f"{folder}: no such folder; `make site` builds the site")
    files = frozenset(_list_files(folder))
    if not any(map(is_page, files)):
        raise OctavoError(f"{folder}: no HTML file in it")
    checks = tuple(page_checks)
    readings = {path: _read_file(path, folder / path, checks) for path in sorted(files) if _is_read(path)}
    return Site(folder, normalise_site_url(url or _guess_url(readings)), files, readings)


def _list_files(folder: Path) -> Iterator[str]:
    for parent, _, names in os.walk(folder):
        relative = Path(parent).relative_to(folder)
        yield from ((relative / name).as_posix() for name in names)


def _is_read(path: str) -> bool:
    return is_page(path) or path.endswith((".css", ".js", ".mjs", ".xml", ".json")) or path == "robots.txt"


def _read_file(path: str, file: Path, page_checks: tuple[PageCheck, ...]) -> Reading:
    content = file.read_bytes()
    if is_page(path):
        return _read_page(path, content, page_checks)
    text = content.decode("utf-8", errors="replace")
    if path.endswith(".css"):
        return Reading(path, tuple(find_style_references(text)))
    if path.endswith((".js", ".mjs")):
        return Reading(path, tuple(find_script_references(text)))
    if path == "robots.txt":
        return Reading(path, *read_robots(path, text))
    if is_sitemap(path, content):
        return Reading(path, *read_sitemap(path, content))
    if is_feed(path, content):
        return Reading(path, *read_feed(path, content))
    return Reading(path)


def _read_page(path: str, content: bytes, page_checks: tuple[PageCheck, ...]) -> Reading:
    page = parse_page(path, content)
    if isinstance(page, Problem):
        return Reading(path, problems=(page,))
    return Reading(
        path,
        find_references(page),
        tuple(problem for check in page_checks for problem in check(page)),
        frozenset(_find_anchors(page)),
        _find_canonical(page),
        page.is_blank,
    )


def _find_anchors(page: Page) -> Iterator[str]:
    for node in page.nodes:
        if identifier := node.attributes.get("id"):
            yield identifier
        if node.tag == "a" and (name := node.attributes.get("name")):
            yield name


def _find_canonical(page: Page) -> str | None:
    links = (each for each in page.select("link") if each.attributes.get("rel") == "canonical")
    return next((each.attributes.get("href") for each in links), None)


def _guess_url(readings: Mapping[str, Reading]) -> str | None:
    home = readings.get("index.html")
    return home.canonical.removesuffix("index.html") if home and home.canonical else None
