"""The pages' titles, as their front matter gives them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from octavo.markdown import plain_text
from octavo.published import find_page
from octavo.quarto_yaml import read_front_matter


class PageTitle(NamedTuple):
    """A page's path without ending, its title and its description."""

    page: str
    title: str
    description: str


def list_sources(site: Path, root: Path) -> Iterator[str]:
    """The source of each page of the built site that has one, by its path in the project `root`."""
    for page in sorted(site.rglob("*.html")):
        if source := find_page(root, page.relative_to(site).as_posix()):
            yield source


def iterate_page_titles(root: Path, sources: Iterable[str]) -> Iterator[PageTitle]:
    """The title of each page that gets a card: all but those with a picture of their own, `card: assets/a.png`.

    Sources are paths in the project `root`.
    """
    for source in sources:
        front = read_front_matter(root / source)
        if "card" not in front:
            page = Path(source).with_suffix("").as_posix()
            yield PageTitle(page, _read_text(front, "title"), _read_text(front, "description"))


def _read_text(front: dict[str, Any], key: str) -> str:
    return plain_text(str(front.get(key) or ""))
