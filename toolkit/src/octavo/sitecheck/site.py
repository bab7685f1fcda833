"""Site: a folder of HTML, read once: its files, and the references in each."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from octavo.errors import OctavoError, Problem
from octavo.sitecheck.addresses import Inside, Outside, Target, locate, normalize_site_url
from octavo.sitecheck.feeds import is_feed, read_feed
from octavo.sitecheck.page import Page, parse_page
from octavo.sitecheck.references import Reference, find_references, find_script_references, find_style_references
from octavo.sitecheck.sitemap import is_sitemap, read_llms, read_robots, read_sitemap

PageCheck = Callable[[Page], Iterable[Problem]]
# Lists of addresses at the site's root, and how to read them.
_TEXTS: Mapping[str, Callable[[str], Iterable[Reference]]] = {"robots.txt": read_robots, "llms.txt": read_llms}
_READ = (".css", ".js", ".mjs", ".xml", ".json")
Found = tuple[Iterable[Reference], Iterable[Problem]]


class Reading(NamedTuple):
    """The facts kept about a file: its references and where they lead, its own problems, and its anchors."""

    path: str
    references: tuple[tuple[Reference, Target], ...] = ()
    problems: tuple[Problem, ...] = ()
    anchors: frozenset[str] = frozenset()
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

    @property
    def references(self) -> Iterator[tuple[str, Reference, Target]]:
        """Each file's references and where they lead."""
        folders = {path.partition("/")[0] for path in self.files if "/" in path}
        for path, reading in self.readings.items():
            for reference, target in reading.references:
                is_elsewhere = _leads_to_another_site(reference, target, folders)
                yield path, reference, Outside(reference.address, same_host=False) if is_elsewhere else target

    def find_file(self, target: Target) -> str | None:
        """The file that a host sends for an internal address, which may be a folder's `index.html`; None if none."""
        if not isinstance(target, Inside):
            return None
        candidates = (target.path, f"{target.path.rstrip('/')}/index.html".lstrip("/"))
        return next((each for each in candidates if each in self.files), None)


def _leads_to_another_site(reference: Reference, target: Target, folders: set[str]) -> bool:
    """Whether an absolute link leads to another site on the same host: `https://emmy.github.io/rings/`."""
    if reference.kind != "leads" or not reference.address.startswith(("https://", "http://")):
        return False
    if isinstance(target, Inside):
        folder, slash, _ = target.path.partition("/")
        return bool(slash) and folder not in folders
    return isinstance(target, Outside) and target.same_host


def is_page(path: str) -> bool:
    """Whether the file's name is that of an HTML file."""
    return path.lower().endswith((".html", ".htm"))


def read_site(folder: Path, url: str | None = None, page_checks: Iterable[PageCheck] = ()) -> Site:
    """Read every file that can refer to others, and run `page_checks` on each page.

    Without `url`, the site's address is taken from the home page's canonical link, if it has one.

    Raises:
        OctavoError: if there is no such folder, or no page in it.
    """
    if not folder.is_dir():
        raise OctavoError(f"{folder}: no such folder; `make site` builds the site")
    files = frozenset(_list_files(folder))
    if not any(map(is_page, files)):
        raise OctavoError(f"{folder}: no HTML file in it")
    url = normalize_site_url(url or _guess_url(folder / "index.html"))
    checks = tuple(page_checks)
    read = (path for path in sorted(files) if path.endswith(_READ) or path in _TEXTS or is_page(path))
    readings = {path: _read_file(path, folder / path, url, checks) for path in read}
    return Site(folder, url, files, readings)


def _list_files(folder: Path) -> Iterator[str]:
    for parent, _, names in os.walk(folder):
        relative = Path(parent).relative_to(folder)
        yield from ((relative / name).as_posix() for name in names)


def _guess_url(home: Path) -> str | None:
    page = parse_page(home.name, home.read_bytes()) if home.is_file() else None
    link = page.document.select_one('link[rel="canonical"]') if isinstance(page, Page) else None
    return (link.attr("href") or "").removesuffix("index.html") if link else None


def _read_file(path: str, file: Path, url: str, checks: tuple[PageCheck, ...]) -> Reading:
    content = file.read_bytes()
    page = parse_page(path, content) if is_page(path) else None
    if isinstance(page, Problem):
        return Reading(path, problems=(page,))
    if page:
        found: Found = find_references(page), [problem for check in checks for problem in check(page)]
    else:
        found = _find_in_text(path, content)
    references = tuple((each, locate(each.address, path, url)) for each in found[0])
    named = page.document.select("[id], a[name]") if page else ()
    anchors = frozenset(anchor for each in named for name in ("id", "name") if (anchor := each.attr(name)))
    return Reading(path, references, tuple(found[1]), anchors, page is not None and page.is_blank)


def _find_in_text(path: str, content: bytes) -> Found:
    text = content.decode("utf-8", errors="replace")
    if path.endswith(".css"):
        return find_style_references(text), ()
    if path.endswith((".js", ".mjs")):
        return find_script_references(text), ()
    if path in _TEXTS:
        return _TEXTS[path](text), ()
    if is_sitemap(path, content):
        return read_sitemap(path, content)
    return read_feed(path, content) if is_feed(path, content) else ((), ())
