"""The site: the settings in `_quarto.yml` that exports and documents need."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal, NamedTuple, get_args

from octavo.errors import PageError
from octavo.language.current import current_language, written_in
from octavo.language.trees import choose_text, read_languages, split_path
from octavo.language.words import write_word
from octavo.markdown import plain_text
from octavo.model.addresses import keep_web_address
from octavo.quarto_yaml import CONFIGURATION, find_key_line, read_configuration, read_text

CardChoice = Literal["all", "selected", "none"]
"""Which publications have their own social card; with `none`, no page has one."""
Crawlers = Literal["all", "no-training", "none"]
"""Which crawlers are welcome: all, those that don't collect training data, or none."""
SEARCH_PAGE = "search.html"


class Site(NamedTuple):
    """A site's title, address, language, and settings.

    Title and description are Markdown in `_quarto.yml`, as Quarto reads them, and plain text here.
    """

    title: str
    url: str
    """Without a trailing slash."""
    description: str = ""
    language: str = "en"
    cards: CardChoice = "all"
    robots: Crawlers = "all"
    search: str = ""
    """The menu's text for the search page; without an entry in the menu, the site has none."""
    languages: Sequence[str] = ()
    """All of its languages if it has several; the pages of the first are at the root, those of others in a tree."""

    @property
    def prefix(self) -> str:
        """The folder of this language's tree with its slash: `de/`; empty for the first or only language."""
        return "" if self.language in self.languages[:1] or not self.languages else f"{self.language}/"

    def place(self, path: str) -> str:
        """The path in this language's tree of a page of the first language: `de/news.html` for `news.html`."""
        return self.prefix + path.removeprefix("/")

    def split_path(self, path: str) -> tuple[str, str]:
        """The language of the tree that a path in the site or in the project is in, and the path in the tree."""
        return split_path(path, self.languages or (self.language,))

    def has(self, path: str) -> bool:
        """Whether the path is in this language's tree."""
        return self.split_path(path)[0] == self.language

    def make_address(self, path: str) -> str:
        """The absolute address of a file of the site; that of a home page is its folder's."""
        path = path.removeprefix("/")
        return f"{self.url}/{path.removesuffix('index.html') if self.split_path(path)[1] == 'index.html' else path}"

    def choose_card(self, page: str, *, selected: bool) -> str:
        """The path of the card that a made page names: its own, or else the home page's; empty if there are none."""
        if self.cards == "none":
            return ""
        return card_path(self.place(page if self.cards == "all" or selected else "index"))


def card_path(page: str) -> str:
    """The path of a page's card from the site's root: `cards/publications/vtc.png` for `publications/vtc`."""
    return f"cards/{page}.png"


def list_versions(root: Path) -> Iterator[Site]:
    """The site in each of its languages; each is the current one during its iteration."""
    for language in read_languages(root) or [""]:
        with written_in(language):
            yield load_site(root)


def load_site(root: Path | None = None) -> Site:
    """The settings in the project's `_quarto.yml`; the project is where the renderer says, or the current folder.

    Title and description are in the current language, if the site has it.

    Raises:
        PageError: if the file can't be read, names no title or no address, or has an unknown choice of cards.
    """
    root = root or Path(os.environ.get("QUARTO_PROJECT_ROOT") or ".")
    settings, languages = read_configuration(root), read_languages(root)
    website = settings.get("website")
    if not isinstance(website, dict) or not {"title", "site-url"} <= website.keys():
        message = (
            "website: needs a title and a site-url (such as https://name.example); "
            "feeds, the sitemap, and citations need absolute addresses"
        )
        raise _name_place(root, message)
    _check_settings(root, settings, website)
    language = str(settings.get("lang", "en"))
    texts = {"title": str(website["title"]), "description": str(website.get("description", ""))}
    if languages:
        language = current if (current := current_language()) in languages else languages[0]
        texts |= {
            name: str(choose_text(settings.get(f"site-{name}") or text, language)) for name, text in texts.items()
        }
    return Site(
        plain_text(texts["title"]),
        str(website["site-url"]).rstrip("/"),
        plain_text(texts["description"]),
        language,
        _read_choice(root, settings, "cards", get_args(CardChoice)),
        _read_choice(root, settings, "robots", get_args(Crawlers)),
        next(_find_search(settings.get("nav"), language), ""),
        languages,
    )


def _check_settings(root: Path, settings: Mapping[str, Any], website: Mapping[str, Any]) -> None:
    """Fail if the title is no text, the address isn't absolute, or the menu or the feeds aren't lists of entries."""
    if isinstance(website["title"], (dict, list)) or website["title"] is None:
        raise _name_place(root, "website: title: expected text")
    if not (address := str(website["site-url"])) or keep_web_address(address) != address:
        message = f"website: site-url: {address!r} is not an absolute address (expected https://name.example)"
        raise _name_place(root, message)
    if not _are_entries(settings.get("nav")):
        raise _name_place(root, "nav: expected entries such as `- text: News` with `href: /news.html` below")
    if not _are_entries(settings.get("feeds"), "href"):
        message = "feeds: expected entries such as `- href: /feed.xml` with `type: application/atom+xml` below"
        raise _name_place(root, message)


def _are_entries(value: Any, key: str = "") -> bool:
    """Whether a setting is missing, or a list of mappings that have this key."""
    entries = [] if value is None else value
    return isinstance(entries, list) and all(isinstance(entry, dict) and (not key or key in entry) for entry in entries)


def _name_place(root: Path, message: str) -> PageError:
    """An error in `_quarto.yml`, with the line of the keys that the message begins with."""
    text = read_text(root / CONFIGURATION, CONFIGURATION)
    return PageError(CONFIGURATION, find_key_line(text, message.split(": ")), message)


def _find_search(entries: Any, language: str) -> Iterator[str]:
    for entry in entries if isinstance(entries, list) else ():
        if isinstance(entry, dict):
            if str(entry.get("href", "")).removeprefix("./").removeprefix("/") == SEARCH_PAGE:
                yield plain_text(str(choose_text(entry.get("text", ""), language))) or write_word("search-label")
            yield from _find_search(entry.get("menu"), language)


def _read_choice(root: Path, settings: Mapping[str, Any], key: str, choices: Sequence[str]) -> Any:
    """One of the choices; the first if there is none."""
    value = settings.get(key, choices[0])
    if value in (False, "no"):
        return "none"
    if value not in choices:
        raise _name_place(root, f"{key}: {value!r} is not known (expected one of {', '.join(choices)})")
    return value
