"""Categories: each has a page with its posts, and feeds of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from octavo.model.anchors import make_slug
from octavo.posts.listed_page import ListedPage
from octavo.published import POSTS

FOLDER = f"{POSTS}/categories"


@dataclass(frozen=True, slots=True)
class Category:
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
