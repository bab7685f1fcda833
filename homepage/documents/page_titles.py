"""The pages' titles, as their front matter gives them."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from homepage.markdown import plain_text

SOURCES = (".qmd", ".md", ".ipynb")


def iterate_page_titles(site: Path, root: Path) -> Iterator[tuple[str, str, str]]:
    """Path without ending, title and description of each page of the built site that gets a card.

    That is each with a source in the project, unless it names a picture of its own, `card: assets/picture.png`.
    """
    for folder, folders, files in os.walk(site):
        folders.sort()
        relative = Path(folder).relative_to(site)
        for name in sorted(files):
            page = relative / Path(name).stem
            source = _find_source(root / page) if name.endswith(".html") else None
            front = read_front_matter(source) if source else {"card": None}
            if "card" not in front:
                yield page.as_posix(), _read_text(front, "title"), _read_text(front, "description")


def read_front_matter(source: Path) -> dict[str, Any]:
    """The mapping at the page's begin; empty if there is none, since that is the renderer's to complain about."""
    text = source.read_text(encoding="utf-8")
    if source.suffix == ".ipynb":
        cells = json.loads(text).get("cells") or [{}]
        text = "".join(cells[0].get("source", ""))
    if not text.startswith("---"):
        return {}
    front = yaml.safe_load(text.removeprefix("---").split("\n---", 1)[0])
    return front if isinstance(front, dict) else {}


def _find_source(page: Path) -> Path | None:
    sources = (page.with_name(page.name + suffix) for suffix in SOURCES)
    return next((source for source in sources if source.is_file()), None)


def _read_text(front: dict[str, Any], key: str) -> str:
    return plain_text(str(front.get(key) or ""))
