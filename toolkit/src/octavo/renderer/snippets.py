"""Snippets: the HTML that `include-in-header`, `include-before-body`, and `include-after-body` put into pages."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from octavo.quarto_yaml import CONFIGURATION, find_key_line, read_text
from octavo.renderer.configuration import as_list
from octavo.renderer.includes import find_included
from octavo.renderer.outputs import fence
from octavo.renderer.pages import Page, front_matter_line

# The variable of the template that prints each key's snippets.
VARIABLES: Mapping[str, str] = {
    "include-in-header": "header-includes",
    "include-before-body": "include-before",
    "include-after-body": "include-after",
}


def add_snippets(root: Path, page: Page, metadata: Mapping[str, Any]) -> dict[str, Any]:
    """The metadata with the snippets that they name where the template prints them.

    PageError for a file that can't be read.
    """
    added = {
        variable: [
            *(_read_snippet(root, page, key, item) for item in as_list(metadata[key])),
            *as_list(metadata.get(variable)),
        ]
        for key, variable in VARIABLES.items()
        if metadata.get(key)
    }
    return {**metadata, **added}


def _read_snippet(root: Path, page: Page, key: str, item: Any) -> str:
    """The content of an item (a file's path, `{file: …}`, or `{text: …}`) as Markdown."""
    if isinstance(item, dict) and "text" in item:
        return fence(str(item["text"]), "{=html}")
    name = str(item.get("file", "")) if isinstance(item, dict) else str(item)
    path = find_included(root, page.folder, name, *find_setting(root, page, key))
    return fence(read_text(root / path, path), "{=html}")


def find_setting(root: Path, page: Page, *keys: str) -> tuple[str, int]:
    """The file and line of the setting at this path: in the page, or else in `_quarto.yml`."""
    stated: Any = page.metadata
    for key in keys:
        stated = stated.get(key, {}) if isinstance(stated, dict) else {}
    if stated != {}:
        return page.path, front_matter_line(root, page.path, *keys)
    return CONFIGURATION, find_key_line(read_text(root / CONFIGURATION, CONFIGURATION), keys)
