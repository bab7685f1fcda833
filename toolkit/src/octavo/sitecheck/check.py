"""Check: every rule by its name, run over one site."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from octavo.errors import OctavoError, Problem
from octavo.sitecheck.content import check_content
from octavo.sitecheck.files import check_files
from octavo.sitecheck.head import check_head
from octavo.sitecheck.images import check_images
from octavo.sitecheck.links import check_links
from octavo.sitecheck.markup import check_markup
from octavo.sitecheck.media import check_media
from octavo.sitecheck.page import Page
from octavo.sitecheck.policy import check_inline_code, check_origins
from octavo.sitecheck.rows import Row, check_rows
from octavo.sitecheck.site import Site, read_site
from octavo.sitecheck.weight import Budget, check_weight

PAGE_CHECKS: dict[str, Callable[[Page], Iterable[Problem]]] = {
    "html": check_markup,
    "content": check_content,
    "head": check_head,
    "images": check_images,
    "inline": check_inline_code,
}
SITE_CHECKS = ("links", "origins", "weight", "files", "rows", "media")
CHECKS = (*PAGE_CHECKS, *SITE_CHECKS)


def check_site(
    folder: Path,
    *,
    url: str | None = None,
    budgets: tuple[Budget, ...] = (),
    rows: Iterable[Row] = (),
    is_known: Callable[[str], bool] | None = None,
    skip: Iterable[str] = (),
) -> tuple[Site, list[Problem]]:
    """The site in `folder`, and all that is wrong with it, in order of files and lines.

    `url` is the address that it is made for, `rows` are what its tables hold, `is_known` says whether the
    project accounts for a file, None that nobody knows; `skip` names checks of `CHECKS`.
    Feeds and sitemaps are always read. Raises OctavoError if there is nothing to check, or no such check.
    """
    left_out = frozenset(skip)
    if unknown := left_out - set(CHECKS):
        raise OctavoError(f"no such check: {', '.join(sorted(unknown))} (there are {', '.join(CHECKS)})")
    page_checks = [check for name, check in PAGE_CHECKS.items() if name not in left_out]
    site = read_site(folder, url, page_checks)
    problems = [problem for reading in site.readings.values() for problem in reading.problems]
    problems += _check_whole(site, budgets, left_out)
    if "files" not in left_out:
        problems += check_files(site, is_known)
    if "rows" not in left_out:
        problems += check_rows(site, rows)
    return site, sorted(problems)


def _check_whole(site: Site, budgets: tuple[Budget, ...], skip: frozenset[str]) -> Iterator[Problem]:
    if "links" not in skip:
        yield from check_links(site)
    if "origins" not in skip:
        for reading in site.readings.values():
            yield from check_origins(reading.path, reading.references, site.url)
    if "weight" not in skip:
        yield from check_weight(site, budgets)
    if "media" not in skip:
        yield from check_media(site)
