"""Leaks: files of the project that a rendered site has although they aren't published.

The embedded renderer refuses to copy one. Quarto copies any file of the project that a page or a stylesheet names, and
hidden files along with their folder.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

from octavo.errors import OctavoError, PageError
from octavo.published import EXPECTED, Published, find_source, is_hidden, load_published
from octavo.renderer.links import PageLinks
from octavo.renderer.pages import SUFFIXES
from octavo.renderer.resources import find_named_faults


def remove_leaks(root: Path, site: Path) -> None:
    """Delete from a rendered site what isn't published.

    Raises:
        OctavoError: after that, unless they were only hidden files that came along with a published folder.
    """
    published = load_published(root)
    project = _Project(root)
    files = sorted(_list_files(site))
    named = [pair for path in files if path.endswith(".html") for pair in _check_page(path, project, site, published)]
    faults = [fault for _, fault in named]
    known = {path for path, _ in named}
    for path in files:
        source = find_source(path)
        if project.makes(path) or not project.has(source) or not (fault := published.find_page_fault(source)):
            continue
        (site / path).unlink()
        with suppress(OSError):  # the folder still holds something
            os.removedirs((site / path).parent)
        came_along = is_hidden(path) and published.names(path)
        if not came_along and source not in known:
            faults.append(PageError(source, 1, f"{fault}, but Quarto put it into the site; it can only use {EXPECTED}"))
    if faults:
        raise OctavoError("\n".join(dict.fromkeys(map(str, faults))))


class _Project:
    """The files of a project, as far as the site's depend on them."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.find_page = lru_cache(maxsize=None)(self._find_page)

    def has(self, path: str) -> bool:
        return os.path.isfile(f"{self.root}/{path}") or os.path.islink(f"{self.root}/{path}")  # noqa: PTH113, PTH114

    def makes(self, path: str) -> bool:
        """Whether a page is rendered to this path of the site, or its figures are there."""
        stem = path.removesuffix(".html") if path.endswith(".html") else path.partition("_files/")[0]
        return stem != path and self.find_page(stem) != ""

    def _find_page(self, stem: str) -> str:
        """The path of the page's source, empty if there is none."""
        return next((stem + suffix for suffix in SUFFIXES if self.has(stem + suffix)), "")


def _list_files(site: Path) -> Iterator[str]:
    """All files of the site, and the links to folders, which Quarto copies as they are."""
    for folder, folders, names in os.walk(site):
        links = [name for name in folders if os.path.islink(os.path.join(folder, name))]  # noqa: PTH114, PTH118
        for name in (*names, *links):
            yield os.path.relpath(os.path.join(folder, name), site).replace(os.sep, "/")  # noqa: PTH118


def _check_page(path: str, project: _Project, site: Path, published: Published) -> Iterator[tuple[str, PageError]]:
    links = PageLinks(path, {})
    links.rewrite((site / path).read_text(encoding="utf-8", errors="replace"))
    page = project.find_page(path.removesuffix(".html")) or path
    named = {named: address for named, address in links.named.items() if not project.makes(named)}
    yield from find_named_faults(project.root, published, page, named)
