"""Files: whether each file in the site belongs there."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator

from octavo.errors import Problem
from octavo.published import ALWAYS, is_hidden
from octavo.sitecheck.site import Site, is_page

# Hosts and browsers look for these by name.
_CONVENTIONAL = frozenset([*ALWAYS, "index.html", "sitemap.xml", "_headers", "favicon.ico", "llms.txt"])
_LIBRARIES = "site_libs/"
# Quarto copies all of it, even if a page of slides loads only a part.
_SLIDES = re.compile(r"site_libs/revealjs/(?:dist|plugin)/.*(?:\.js|\.css|\.map|/plugin\.yml|/LICENSE)")

_REDIRECT = b'http-equiv="refresh"'


def check_files(site: Site, is_known: Callable[[str], bool] | None) -> Iterator[Problem]:
    """Hidden files, links out of the site, and files that nothing refers to.

    `is_known` says whether the project accounts for a path. If it is None, there is no project to ask, and unreferenced
    files aren't reported.
    """
    named = _find_named(site)
    has_sitemap = any("sitemap" in path and path.endswith(".xml") for path in site.readings)
    for path in sorted(site.files):
        if is_hidden(path):
            yield Problem(path, 1, 1, "a hidden file is in the site (only .nojekyll and .well-known/ may be)")
        elif _leads_out(site, path):
            yield Problem(path, 1, 1, "a symbolic link that leads out of the site")
        elif is_known and not (path in named or is_known(path) or _is_expected(site, path, has_sitemap=has_sitemap)):
            yield Problem(path, 1, 1, "nothing refers to this file: no page, style sheet, feed, sitemap, or resource")


def _find_named(site: Site) -> set[str]:
    """The files that others refer to; a library's references count only if the library is itself referred to."""
    named: set[str] = set()
    pending = [path for path in site.readings if not path.startswith(_LIBRARIES)]
    while pending:
        path = pending.pop()
        files = {site.find_file(target) for _, target in site.readings[path].references}
        found = {file for file in files if file not in {None, path}} - named
        named |= found
        pending += [file for file in found if file.startswith(_LIBRARIES) and file in site.readings]
    if any(path.startswith("site_libs/revealjs/") for path in named):
        named |= {path for path in site.files if _SLIDES.fullmatch(path)}
    return named


def _leads_out(site: Site, path: str) -> bool:
    file = site.folder / path
    return file.is_symlink() and not file.resolve().is_relative_to(os.path.realpath(site.folder))


def _is_expected(site: Site, path: str, *, has_sitemap: bool) -> bool:
    """Whether the file needs no reference; nor does a page if the site has no sitemap, or if it is an old address."""
    if path in _CONVENTIONAL:
        return True
    if is_page(path):
        return not has_sitemap or _REDIRECT in (site.folder / path).read_bytes()
    # Among these, references are read from feeds and sitemaps only.
    return path.endswith((".xml", ".json")) and bool(site.readings[path].references)
