"""The site: what `_quarto.yml` says of it that exports and documents need."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args

from octavo.errors import OctavoError
from octavo.language.words import write_word
from octavo.markdown import plain_text
from octavo.quarto_yaml import CONFIGURATION, read_configuration

CardChoice = Literal["all", "selected", "none"]
"""Which publications have a social card of their own; with none, no page has one."""
Crawlers = Literal["all", "no-training", "none"]
"""Who may read the site: everyone, everyone who doesn't train models on it, or no program."""
SEARCH_PAGE = "search.html"


@dataclass(frozen=True, slots=True)
class Site:
    """A site's title, address, language, and what its owner chose for it.

    Title and description are Markdown in `_quarto.yml`, as Quarto reads them, and plain text here.
    """

    title: str
    url: str
    """Without a slash at its end."""
    description: str = ""
    language: str = "en"
    cards: CardChoice = "all"
    robots: Crawlers = "all"
    search: str = ""
    """What the menu calls the search page; without an entry for it, the site has none."""

    def make_address(self, path: str) -> str:
        """The absolute address of a file of the site; the home page's is the site's own."""
        return f"{self.url}/{'' if path == 'index.html' else path.removeprefix('/')}"

    def choose_card(self, page: str, *, selected: bool) -> str:
        """The path of the card that a made page names: its own, or else the home page's; empty if there are none."""
        if self.cards == "none":
            return ""
        return card_path(page if self.cards == "all" or selected else "index")


def card_path(page: str) -> str:
    """Where the site has a page's card, from its root: `cards/publications/vtc.png` for `publications/vtc`."""
    return f"cards/{page}.png"


def load_site(root: Path | None = None) -> Site:
    """The settings in the project's `_quarto.yml`; the project is where the renderer says, or the current folder.

    Raises:
        OctavoError: if the file can't be read, names no title or no address, or has an unknown choice of cards.
    """
    settings = read_configuration(root or Path(os.environ.get("QUARTO_PROJECT_ROOT") or "."))
    website = settings.get("website")
    if not isinstance(website, dict) or not {"title", "site-url"} <= website.keys():
        raise OctavoError(
            f"{CONFIGURATION}: website: needs a title and a site-url (such as https://name.example); "
            "feeds, the sitemap, and citations need absolute addresses"
        )
    title, url = str(website["title"]), str(website["site-url"])
    return Site(
        plain_text(title),
        url.rstrip("/"),
        plain_text(str(website.get("description", ""))),
        str(settings.get("lang", "en")),
        _read_choice(settings, "cards", get_args(CardChoice)),
        _read_choice(settings, "robots", get_args(Crawlers)),
        next(_find_search(settings.get("nav")), ""),
    )


def _find_search(entries: Any) -> Iterator[str]:
    for entry in entries if isinstance(entries, list) else ():
        if isinstance(entry, dict):
            if str(entry.get("href", "")).removeprefix("./").removeprefix("/") == SEARCH_PAGE:
                yield plain_text(str(entry.get("text", ""))) or write_word("search-label")
            yield from _find_search(entry.get("menu"))


def _read_choice(settings: Mapping[str, Any], key: str, choices: Sequence[str]) -> Any:
    """One of the choices; the first if there is none."""
    value = settings.get(key, choices[0])
    if value in (False, "no"):
        return "none"
    if value not in choices:
        raise OctavoError(f"{CONFIGURATION}: {key}: {value!r} is not known (expected one of {', '.join(choices)})")
    return value
