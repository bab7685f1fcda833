"""Posts: a place on a page where the build puts the newest ones."""

from __future__ import annotations

from pathlib import Path

from markupsafe import Markup

from octavo.html import element
from octavo.published import POSTS
from octavo.quarto_yaml import read_front_matter
from octavo.tables.data_folder import find_data_folder


def post_list(most: int = 3) -> Markup | None:
    """The newest posts, at most this many; None if there are none, or only drafts.

    The list shows parts of rendered posts, so the build fills it in later.
    """
    return element("div", data_listing=POSTS, data_most=most) if has_posts(find_data_folder().parent) else None


def has_posts(root: Path) -> bool:
    """Whether the project has a post that isn't a draft."""
    folder = root / POSTS
    posts = (
        file
        for suffix in ("qmd", "ipynb")
        for file in folder.rglob(f"*.{suffix}")
        if file.parent != folder or file.stem != "index"
    )
    return any(read_front_matter(file).get("draft") is not True for file in posts)
