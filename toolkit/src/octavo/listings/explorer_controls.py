"""The explorer's controls: hidden until `explorer.js` makes them work."""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup

from octavo.html import element
from octavo.language.keys import Word
from octavo.language.words import write_word

NO_GROUP = "none"


def explorer_controls(
    search: Word, facets: Mapping[str, str], sorts: Mapping[str, str], groups: Mapping[str, str], *, saves: bool
) -> Markup:
    """Search, facets, sorting, and grouping; `facets`, `sorts` and `groups` map keys to labels.

    `saves` says whether the page has BibTeX, so that readers can save what they find.
    """
    return element(
        "form",
        element(
            "div",
            _search_field(write_word(search)),
            _menu("sort", write_word("sort"), sorts),
            _menu("group", write_word("group"), {**groups, NO_GROUP: write_word("group-none")})
            if len(groups) > 1
            else None,
            class_="search-line",
        ),
        element("div", [_facet(key, label) for key, label in facets.items()], class_="facets") if facets else None,
        element(
            "p",
            element("span", role="status"),
            element("button", write_word("clear"), type="button", class_="clear", hidden=True),
            element("button", type="button", class_="save", hidden=True) if saves else None,
            class_="found",
        ),
        role="search",
        hidden=True,
    )


def nothing_found(message: Word) -> Markup:
    """What is shown instead of a list when no row matches."""
    return element(
        "p",
        f"{write_word(message)} ",
        element("button", write_word("clear-all"), type="button", class_="clear"),
        class_="nothing",
        hidden=True,
    )


def _search_field(label: str) -> Markup:
    return element("input", type="search", name="q", placeholder=label, aria_label=label, autocomplete="off")


def _menu(name: str, label: str, options: Mapping[str, str]) -> Markup:
    choices = [element("option", text, value=key) for key, text in options.items()]
    return element("label", f"{label} ", element("select", choices, name=name, autocomplete="off"))


def _facet(key: str, label: str) -> list[Markup]:
    """The button that opens a facet, and the place for its values."""
    return [
        element("button", label, type="button", aria_expanded="false", aria_controls=f"facet-{key}"),
        element("fieldset", element("legend", label, class_="visually-hidden"), id=f"facet-{key}", hidden=True),
    ]
