"""Trees: the languages that a site is written in, each with a tree of pages."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path, PurePosixPath
from typing import Any

from octavo.errors import PageError
from octavo.language.tags import check_tag, choose_language, read_language
from octavo.quarto_yaml import CONFIGURATION, find_key_line, read_configuration, read_text

KEY = "languages"


def read_languages(root: Path) -> Sequence[str]:
    """The languages of the project in `root`, its own first; none if it has but one.

    Raises:
        PageError: if `languages:` in `_quarto.yml` is no list of tags, or doesn't begin with `lang:`.
    """
    settings = read_configuration(root)
    stated = settings.get(KEY)
    if stated is None:
        return ()
    fault = _find_fault(stated, str(settings.get("lang", "en")))
    if fault:
        line = find_key_line(read_text(root / CONFIGURATION, CONFIGURATION), (KEY,))
        raise PageError(CONFIGURATION, line, f"`{KEY}:` {fault}")
    return tuple(stated) if len(stated) > 1 else ()


def split_path(path: str, languages: Sequence[str]) -> tuple[str, str]:
    """The language of the tree that a path in the site or in the project is in, and the path in the tree.

    `languages` are those of a site with several.
    """
    folder, slash, rest = path.partition("/")
    return (folder, rest) if slash and folder in languages[1:] else (languages[0], path)


def find_variant(page: str, languages: Sequence[str]) -> str:
    """The language that a page's file name ends with, of these; empty if there is none."""
    return next((each for each in languages if PurePosixPath(page).stem.endswith(f".{each}")), "")


def choose_text(value: Any, language: str) -> Any:
    """The text in this language, or else the first, of `{en: News, de: Aktuelles}`; any other value unchanged."""
    if not isinstance(value, dict) or not value or not all(read_language(str(key)) == key for key in value):
        return value
    return value[choose_language(value, [language])]


def _find_fault(stated: Any, language: str) -> str:
    """Why these can't be a site's languages; empty if they can."""
    if not isinstance(stated, list) or not stated or not all(isinstance(tag, str) for tag in stated):
        return "must be a list of languages, such as [en, de]"
    for tag in stated:
        try:
            check_tag(tag)
        except ValueError as error:
            return str(error)
    if len(set(stated)) < len(stated):
        return "names a language twice"
    if stated[0] != language:
        return (
            f"begins with {stated[0]!r}, but `lang:` says {language!r}; the first one is that of the pages at the root"
        )
    return ""
