"""Leaks: files of the project that ended up in the rendered site although they aren't published.

The embedded renderer refuses to copy them. Quarto copies any file of the project that a page or stylesheet names, and
hidden files along with their folder.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from octavo.errors import OctavoError, PageError
from octavo.files import write_file
from octavo.published import (
    EXPECTED,
    PAGES,
    Published,
    find_page,
    find_source,
    is_hidden,
    is_rendered,
    load_published,
)
from octavo.renderer.links import PageLinks
from octavo.renderer.resources import find_named_faults

# What Quarto writes at an embedded cell.
_NOTEBOOK = re.compile(r' data-notebook(?:-title|-cellid)?="[^"]*"')


def remove_leaks(root: Path, site: Path) -> None:
    """Delete from a rendered site what isn't published.

    Raises:
        OctavoError: afterward, unless they were only hidden files in a published folder.
    """
    published = load_published(root)
    files = sorted(_list_files(site))
    named = [pair for path in files if path.endswith(".html") for pair in _check_page(path, root, site, published)]
    faults = [fault for _, fault in named]
    known = {path for path, _ in named}
    for path in files:
        source = find_source(path)
        is_copied = os.path.lexists(root / source) and not is_rendered(root, path)
        fault = published.find_page_fault(source) if is_copied else ""
        if not fault:
            continue
        (site / path).unlink()
        with suppress(OSError):  # the folder still holds something
            os.removedirs((site / path).parent)
        came_along = is_hidden(path) and published.names(path)
        if not came_along and source not in known:
            faults.append(PageError(source, 1, f"{fault}, but Quarto put it into the site; it can only use {EXPECTED}"))
    if faults:
        raise OctavoError("\n".join(dict.fromkeys(map(str, faults))))


def hide_notebooks(site: Path) -> None:
    """Take what Quarto says of an embedded cell's notebook, even its place on the builder's disk, out of pages."""
    for file in site.rglob("*.html"):
        text = file.read_text(encoding="utf-8", errors="replace")
        if _NOTEBOOK.search(text):
            write_file(file, _NOTEBOOK.sub("", text))


def _list_files(site: Path) -> Iterator[str]:
    """All files of the site, and symbolic links to folders, which Quarto copies as links."""
    for folder, folders, names in os.walk(site):
        links = [name for name in folders if os.path.islink(os.path.join(folder, name))]  # noqa: PTH114, PTH118
        for name in (*names, *links):
            yield os.path.relpath(os.path.join(folder, name), site).replace(os.sep, "/")  # noqa: PTH118


def _check_page(path: str, root: Path, site: Path, published: Published) -> Iterator[tuple[str, PageError]]:
    links = PageLinks(path, {})
    links.rewrite((site / path).read_text(encoding="utf-8", errors="replace"))
    page = find_page(root, path) or path

    def is_made(named: str) -> bool:
        # Quarto copies the sources of pages that aren't rendered, but no others.
        return is_rendered(root, named) or (named.endswith(PAGES) and not (site / named).exists())

    yield from find_named_faults(root, published, page, links.named, is_made)
