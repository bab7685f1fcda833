"""The pages' titles, as their front matter gives them."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from octavo.errors import OctavoError
from octavo.markdown import plain_text
from octavo.quarto_yaml import load_mapping

SOURCES = (".qmd", ".md", ".ipynb")


class PageTitle(NamedTuple):
    """A page's path without ending, its title and its description."""

    page: str
    title: str
    description: str


def list_sources(site: Path, root: Path) -> Iterator[str]:
    """The source of each page of the built site that has one, by its path in the project `root`."""
    for folder, folders, files in os.walk(site):
        folders.sort()
        relative = Path(folder).relative_to(site)
        pages = sorted(name.removesuffix(".html") for name in files if name.endswith(".html"))
        # A folder may hold thousands of pages, and few sources.
        sources = _list_folder(root / relative) if pages else set()
        for page in pages:
            source = next((page + suffix for suffix in SOURCES if page + suffix in sources), None)
            if source is not None:
                yield (relative / source).as_posix()


def iterate_page_titles(root: Path, sources: Iterable[str]) -> Iterator[PageTitle]:
    """The title of each page that gets a card: of all but those with a picture of their own, `card: assets/a.png`.

    Sources are paths in the project `root`.
    """
    for source in sources:
        front = read_front_matter(root / source)
        if "card" not in front:
            page = Path(source).with_suffix("").as_posix()
            yield PageTitle(page, _read_text(front, "title"), _read_text(front, "description"))


def read_front_matter(source: Path) -> dict[str, Any]:
    """The mapping at the top of a page; empty if it can't be read, which the renderer reports."""
    try:
        text = source.read_text(encoding="utf-8")
        if source.suffix == ".ipynb":
            text = "".join(json.loads(text)["cells"][0]["source"])
        begin = text.removeprefix("---").split("\n---", 1)[0] if text.startswith("---") else ""
        return load_mapping(begin, source.name)
    except (OSError, ValueError, LookupError, TypeError, OctavoError):
        return {}


def _list_folder(folder: Path) -> set[str]:
    """The names of the folder's files; none if there is no such folder."""
    return {file.name for file in folder.iterdir() if file.is_file()} if folder.is_dir() else set()


def _read_text(front: dict[str, Any], key: str) -> str:
    return plain_text(str(front.get(key) or ""))
