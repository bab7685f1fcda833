"""Check: every rule by its name, run over one site."""

from __future__ import annotations

from collections.abc import Callable, Iterable
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
    site = read_site(folder, url, [check for name, check in PAGE_CHECKS.items() if name not in left_out])
    found = {
        "links": check_links(site),
        "origins": check_origins(site),
        "weight": check_weight(site, budgets),
        "files": check_files(site, is_known),
        "rows": check_rows(site, rows),
        "media": check_media(site),
    }
    problems = [problem for reading in site.readings.values() for problem in reading.problems]
    # Each is a generator, and one that is left out never runs.
    problems += (problem for name in SITE_CHECKS if name not in left_out for problem in found[name])
    return site, sorted(problems)
