"""Selection: the pages of a list in order, and the categories of posts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fnmatch import fnmatchcase
from pathlib import Path
from posixpath import dirname, join, normpath
from typing import NamedTuple

from octavo.globs import compile_pattern
from octavo.model.entries import make_slug
from octavo.posts.listed_page import ListedPage
from octavo.posts.listing_options import Listing, Order
from octavo.published import POSTS

FOLDER = f"{POSTS}/categories"


class Category(NamedTuple):
    """One category of posts; `path` is that of its page in the site."""

    name: str
    path: str
    posts: tuple[ListedPage, ...]


def collect_categories(posts: Iterable[ListedPage], folder: str = FOLDER) -> dict[str, Category]:
    """The categories of the posts in alphabetical order, by their names in lower case; their pages are in the folder.

    Names that differ only in case are one category; those whose paths would be the same are numbered from 2.
    """
    members: dict[str, list[ListedPage]] = {}
    names: dict[str, str] = {}
    for post in posts:
        for key, name in {name.casefold(): name for name in post.categories}.items():
            names.setdefault(key, name)
            members.setdefault(key, []).append(post)
    taken: dict[str, int] = {}
    result = {}
    for key in sorted(names):
        slug = make_slug(key, words=12) or "category"
        taken[slug] = taken.get(slug, 0) + 1
        path = f"{folder}/{slug if taken[slug] == 1 else f'{slug}-{taken[slug]}'}.html"
        result[key] = Category(names[key], path, tuple(members[key]))
    return result


def find_categories(names: Iterable[str], known: Mapping[str, Category]) -> list[Category]:
    """The categories with these names, if any post is in them."""
    keys = dict.fromkeys(name.casefold() for name in names)
    return [known[key] for key in keys if key in known]


def match_sources(root: Path, page: str, contents: Iterable[str], sources: Iterable[str]) -> dict[str, list[str]]:
    """The sources that each pattern of a list on `page` names, in the order of the patterns.

    A pattern is relative to the page's folder, or to the project's if it begins with a slash. One that begins with `!`
    excludes pages.
    """
    return {
        pattern: list(filter(compile_pattern(root, _anchor(page, pattern), literal=True).matches, sources))
        for pattern in contents
    }


def select_pages(root: Path, page: str, listing: Listing, pages: Sequence[ListedPage]) -> list[ListedPage]:
    """The pages that a list on `page` shows, which is a path in the tree of a language."""
    matched = match_sources(root, page, listing.contents, [each.original for each in pages])
    out = {source for pattern, found in matched.items() if pattern.startswith("!") for source in found}
    named = {source for pattern, found in matched.items() if not pattern.startswith("!") for source in found} - out
    chosen = [
        each
        for each in pages
        if each.original in named and each.original != page and not each.has_lists and _is_wanted(each, listing)
    ]
    return sort_pages(chosen, listing.order)[: listing.most]


def sort_pages(pages: Iterable[ListedPage], order: Iterable[Order]) -> list[ListedPage]:
    """The pages in this order: those without the sort key come last, and those with the same one are sorted by path."""
    result = sorted(pages, key=lambda page: page.path)
    for field, is_descending in reversed(list(order)):
        keys = {page.path: key for page in result if (key := _find_key(page, field))}
        known = [page for page in result if page.path in keys]
        unknown = [page for page in result if page.path not in keys]
        result = sorted(known, key=lambda page: keys[page.path], reverse=is_descending) + unknown
    return result


def _anchor(page: str, pattern: str) -> str:
    plain = pattern.removeprefix("!")
    anchored = plain if plain.startswith("/") else "/" + normpath(join(dirname(page), plain))
    return "/**" if anchored == "/." else anchored


def _find_key(page: ListedPage, field: str) -> tuple[float, str] | None:
    if field == "order":
        order = page.metadata.get("order")
        return (order, "") if isinstance(order, int | float) else None
    if field == "reading-time":
        return (page.minutes, "")
    texts = {"date": page.date, "author": _list_texts(page)["author"][:1], "filename": page.source, "title": page.title}
    text = "".join(texts[field]).casefold()
    return (0, text) if text else None


def _is_wanted(page: ListedPage, listing: Listing) -> bool:
    texts = _list_texts(page)
    return all(_match(texts, field, patterns) for field, patterns in listing.included.items()) and not any(
        _match(texts, field, patterns) for field, patterns in listing.excluded.items()
    )


def _match(texts: Mapping[str, Sequence[str]], field: str, patterns: Iterable[str]) -> bool:
    return any(
        fnmatchcase(text.casefold(), pattern.casefold()) for text in texts.get(field, ()) for pattern in patterns
    )


def _list_texts(page: ListedPage) -> dict[str, Sequence[str]]:
    """The texts of a page by the fields that lists are filtered by."""
    return {
        "title": [page.title],
        "date": [page.date],
        "author": [str(author) for author in page.authors],
        "categories": page.categories,
        "description": [page.description],
        "filename": [page.source],
    }
