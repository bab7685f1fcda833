"""Undrawn settings: those that need Quarto's Bootstrap template, so that no page of this format shows them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from octavo.errors import PageError, Problem
from octavo.quarto_yaml import CONFIGURATION, find_key_line, read_configuration, read_text
from octavo.renderer.pages import front_matter_line, read_page

_LEAVE_OUT = "leave it out"
# What to do instead, by key of `website:` in `_quarto.yml`, and by key of a page or of `_quarto.yml`.
WEBSITE: Mapping[str, str] = {
    "navbar": "list the pages under `nav:`",
    "sidebar": "list the pages under `nav:`",
    "page-footer": "the format has its own footer",
    "announcement": "write it on the home page",
    **dict.fromkeys(("page-navigation", "repo-actions", "reader-mode", "bread-crumbs", "back-to-top"), _LEAVE_OUT),
}
PAGE: Mapping[str, str] = {
    "about": "show the profile with `listings.profile_header(profile)`",
    "toc-title": _LEAVE_OUT,
    "toc-location": "the table of contents is always above the text",
    **dict.fromkeys(("title-block-banner", "title-block-style", "toc-expand", "code-tools", "comments"), _LEAVE_OUT),
}


def describe_undrawn(key: str, instead: str) -> str:
    """The message for such a key."""
    return f"`{key}` has no effect with this format, in Quarto either: {instead}"


def find_undrawn(root: Path, pages: Sequence[str]) -> Iterator[Problem]:
    """A warning for each such key; the renderer reports unreadable files."""
    with suppress(PageError):
        data = read_configuration(root)
        text = read_text(root / CONFIGURATION, CONFIGURATION)
        website = data.get("website")
        for path, section, known in ((("website",), website, WEBSITE), ((), data, PAGE)):
            for key, instead in _find_keys(section, known):
                line = find_key_line(text, (*path, key))
                yield Problem(CONFIGURATION, line, 1, describe_undrawn(": ".join([*path, key]), instead), "warning")
    for page in pages:
        if not page.endswith(".ipynb"):
            with suppress(PageError):
                for key, instead in _find_keys(read_page(root, page).metadata, PAGE):
                    line = front_matter_line(root, page, key)
                    yield Problem(page, line, 1, describe_undrawn(key, instead), "warning")


def _find_keys(section: Any, known: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    if isinstance(section, dict):
        yield from ((key, known[key]) for key, value in section.items() if key in known and value is not False)
