"""Undrawn settings: those that need Quarto's Bootstrap template, so that no page of this format follows them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from octavo.errors import PageError, Problem, Severity
from octavo.quarto_yaml import CONFIGURATION, find_key_line, read_configuration, read_text
from octavo.renderer.navigation import convert_navigation
from octavo.renderer.pages import front_matter_line, read_page

_LEAVE_OUT = "leave it out"
_NAV = "list the pages under `nav:`"
# What to do instead, by key of `website:` in `_quarto.yml`, and by key of a page or of `_quarto.yml`.
WEBSITE: Mapping[str, str] = {
    "navbar": _NAV,
    "sidebar": f"{_NAV}, or write it at the top level",
    "page-footer": "write it at the top level, without `website:`",
    "announcement": "write it on the home page",
    **dict.fromkeys(("page-navigation", "repo-actions", "reader-mode", "bread-crumbs", "back-to-top"), _LEAVE_OUT),
}
PAGE: Mapping[str, str] = {
    "theme": "choose `palette:` and `layout:`, and write colors and fonts into `_brand.yml`",
    "about": "show the profile with `listings.profile_header(profile)`",
    "toc-title": _LEAVE_OUT,
    "toc-location": "the table of contents is always above the text",
    **dict.fromkeys(("title-block-banner", "title-block-style", "toc-expand", "code-tools", "comments"), _LEAVE_OUT),
}


def describe_undrawn(key: str, instead: str) -> str:
    """The message for such a key."""
    return f"`{key}` isn't part of this format, in Quarto either: {instead}"


def find_undrawn(root: Path, pages: Sequence[str], severity: Severity = "warning") -> Iterator[Problem]:
    """A problem for each such key; the renderer reports unreadable files."""
    with suppress(PageError):
        data = read_configuration(root)
        text = read_text(root / CONFIGURATION, CONFIGURATION)
        formats = data.get("format")
        options = [(("format", name), formats[name], PAGE) for name in formats] if isinstance(formats, dict) else []
        for path, section, known in ((("website",), data.get("website"), WEBSITE), ((), data, PAGE), *options):
            for key, instead in _find_keys(section, known):
                entries = convert_navigation(root, section[key]) if instead.startswith(_NAV) else ""
                message = describe_undrawn(": ".join([*path, key]), instead + (entries and f":\n\n{entries}"))
                yield Problem(CONFIGURATION, find_key_line(text, (*path, key)), 1, message, severity)
    for page in pages:
        if not page.endswith(".ipynb"):
            with suppress(PageError):
                for key, instead in _find_keys(read_page(root, page).metadata, PAGE):
                    line = front_matter_line(root, page, key)
                    yield Problem(page, line, 1, describe_undrawn(key, instead), severity)


def _find_keys(section: Any, known: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    if isinstance(section, dict):
        keys = (key for key, value in section.items() if value is not False and value != "none")
        yield from ((key, known[key]) for key in keys if key in known)
