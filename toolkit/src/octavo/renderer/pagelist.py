"""The list of pages: finds a project's pages."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from octavo.errors import PageError
from octavo.globs import expand_pattern, is_glob
from octavo.published import PAGES
from octavo.quarto_yaml import CONFIGURATION
from octavo.renderer.configuration import Site, as_list
from octavo.renderer.pages import name_output

# Files that Quarto never renders, whatever the patterns say.
_NO_PAGE = re.compile(r"(^|/)([_.]|README\.q?md$|node_modules/)", re.IGNORECASE)


def find_pages(site: Site) -> list[str]:
    """The paths of the pages in `project: render`, in its order; all pages if it is missing."""
    patterns = [str(pattern) for pattern in as_list(site.project.get("render"))] or ["/**/*"]
    excluded = {
        path for pattern in patterns if pattern.startswith("!") for path in list_sources(site.root, pattern[1:])
    }
    found: dict[str, None] = {}
    for pattern in patterns:
        if not pattern.startswith("!"):
            paths = list_sources(site.root, pattern)
            # Exclusions don't apply to a folder that is listed as a whole.
            whole = not is_glob(pattern) and (site.root / pattern.lstrip("/")).is_dir()
            found.update(dict.fromkeys(path for path in paths if whole or path not in excluded))
    if not found:
        raise PageError(CONFIGURATION, 1, "`project: render` names no page")
    _refuse_twins(found)
    return list(found)


def _refuse_twins(pages: Iterable[str]) -> None:
    by_output: dict[str, str] = {}
    for page in pages:
        output = name_output(page)
        # On macOS and Windows, names that differ only in case are one file.
        twin = by_output.setdefault(output.casefold(), page)
        if twin != page:
            raise PageError(page, 1, f"`{twin}` would be the same page, {output}; rename one of them")


def list_sources(root: Path, pattern: str = "/**/*") -> list[str]:
    """The paths that match the pattern and that Quarto would render."""
    paths = expand_pattern(root, pattern, literal=True, skip=_is_no_folder)
    return [path for path in paths if path.endswith(PAGES) and not _NO_PAGE.search(path)]


def _is_no_folder(name: str) -> bool:
    """Whether a folder of this name has no pages; built sites and caches start with an underscore or a dot."""
    return name.startswith(("_", ".")) or name == "node_modules"
