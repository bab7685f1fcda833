"""A `navbar`, as Quarto's own template has it, rewritten for `nav:`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path, PurePosixPath
from typing import Any

import yaml

from octavo.errors import PageError
from octavo.renderer.pages import read_page

_SOURCE = re.compile(r"\.(qmd|ipynb|md)$")


def convert_navbar(root: Path, navbar: Any) -> str:
    """The entries of `navbar:` as lines of `_quarto.yml`; empty if it names no page."""
    parts = [navbar.get(side) for side in ("left", "right")] if isinstance(navbar, dict) else []
    entries = [entry for part in parts for entry in _convert_entries(root, part)]
    return yaml.safe_dump({"nav": entries}, sort_keys=False, allow_unicode=True) if entries else ""


def _convert_entries(root: Path, entries: Any) -> Iterator[dict[str, Any]]:
    for each in entries if isinstance(entries, list) else []:
        entry = {"href": each} if isinstance(each, str) else each
        href = str(entry.get("href") or entry.get("file") or "")
        text = entry.get("text") or entry.get("aria-label")
        below = [*_convert_entries(root, entry.get("menu"))]
        if below:
            yield {"text": str(text or _read_title(root, href)), "menu": below}
        elif href and not href.startswith("---"):  # a line between entries
            yield {"text": str(text or _read_title(root, href)), "href": _make_address(href)}


def _make_address(href: str) -> str:
    if re.match(r"[a-z]+:", href):
        return href
    return "/" + _SOURCE.sub(".html", href.removeprefix("./").removeprefix("/"))


def _read_title(root: Path, href: str) -> str:
    path = href.removeprefix("./").removeprefix("/")
    with suppress(PageError):
        if path.endswith(".qmd") and (title := read_page(root, path).metadata.get("title")):
            return str(title)
    return PurePosixPath(path).stem.replace("-", " ").capitalize()
