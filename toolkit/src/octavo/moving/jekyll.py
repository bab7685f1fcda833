"""What sites made with Jekyll have in common, whatever their template."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any

from octavo.moving.move import Move
from octavo.moving.old_site import OldSite, Page

_TEMPLATES_ADDRESS = re.compile(r"https?://(?:alshedivat|academicpages)\.github\.io\b")
# What makes the pages, not what they say.
_MACHINERY = frozenset({
    "_includes", "_layouts", "_plugins", "_sass", "_scripts", "_site", "_drafts", "_config.yml", "_config.dev.yml",
    "_config_docker.yml", "_config.yaml",
})  # fmt: skip
_MACHINE_DATA = frozenset({"authors", "comments", "navigation", "repositories", "ui-text", "venues"})
# Services, by the settings that switch them on, and what Octavo says about each.
_SERVICES: Mapping[str, str] = {
    "google_analytics": "set up a service without cookies: see Count visits in the docs",
    "disqus_shortname": "set up Giscus: see Let readers comment in the docs",
    "giscus": "set up Giscus again: see Let readers comment in the docs",
    "google_site_verification": "verify the new site with the search engine again",
    "external_sources": "posts on other sites aren't listed",
}


def read_address(settings: Mapping[str, Any]) -> str:
    """The site's address; empty if it is the template's."""
    url, base = (str(settings.get(key) or "").strip().strip("/") for key in ("url", "baseurl"))
    address = "/".join(filter(None, (url, base)))
    return "" if _TEMPLATES_ADDRESS.match(address) else address


def take_posts(move: Move) -> None:
    """The posts, except those that only link elsewhere."""
    for page in move.site.read_pages("_posts/**/*"):
        if page.read("redirect", "redirect_to", "external_source"):
            move.site.leave(page.path, "posts that only link elsewhere")
            continue
        topics = dict.fromkeys([*list_words(page, "categories", "category"), *list_words(page, "tags")])
        head = {"title": page.read("title") or page.name, "date": page.date, "description": page.read("description")}
        move.add_page("posts", page, {**head, "categories": list(topics)})


def list_words(page: Page, *names: str) -> list[str]:
    """The words of a key that holds a list of them, or a text with spaces between, as Jekyll reads it."""
    value: Any = next((page.head[name] for name in names if page.head.get(name)), [])
    return [str(word) for word in (value if isinstance(value, list) else str(value).split())]


def leave_rest(site: OldSite, folders: Collection[str], pages: Collection[str], data: Collection[str]) -> None:
    """Note what no reader takes: collections, pages, tables, and services."""
    for entry in sorted(site.root.glob("_*")):
        if entry.name not in folders and entry.name not in _MACHINERY:
            site.leave(entry.name + "/" * entry.is_dir(), "no table holds this")
    for file in sorted((site.root / "_pages").glob("*")):
        if file.stem not in pages and file.is_file():
            site.leave(f"_pages/{file.name}", "pages of your own; write them again as .qmd files")
    for file in sorted((site.root / "_data").glob("*.*")):
        if file.stem not in {*data, *_MACHINE_DATA}:
            site.leave(f"_data/{file.name}", "no table holds this")
    settings = site.read_settings("_config.yml")
    for name, advice in _SERVICES.items():
        value = settings.get(name)
        filled = any(value.values()) if isinstance(value, dict) else value
        if filled and value != "al-folio":
            site.leave(f"_config.yml: {name}", advice)
