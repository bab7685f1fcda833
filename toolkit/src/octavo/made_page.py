"""Made pages: pages that a program writes and the site's format lays out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from markupsafe import Markup


class MadePage(NamedTuple):
    """The content of a made page.

    Attributes:
        path: its path in the site: `publications/vtc.html`.
        title: its title, as text.
        heading: its title as shown on the page, which may contain formulas.
        description: one line for search results.
        card: the path of its social card in the site.
        head: tags for its head.
        body: its text, under the title.
    """

    path: str
    title: str
    heading: Markup
    description: str
    card: str
    head: Markup
    body: Markup


# Writes pages of one folder, which share this front matter.
LayOut = Callable[[Mapping[str, object], Iterable[MadePage]], None]
