"""The pager: links to the pages before and after this one."""

from __future__ import annotations

from typing import NamedTuple

from markupsafe import Markup

from octavo.html import element


class Neighbor(NamedTuple):
    """The page before or after."""

    title: Markup
    address: str
    """From the site's root."""


def pager(name: str, previous: Neighbor | None, following: Neighbor | None, **attributes: bool) -> Markup | None:
    """Links to the neighbors among pages of this name; None if there is none."""
    if previous is None and following is None:
        return None
    links = [
        element("a", f"{label}: ", element("cite", page.title), href=page.address, rel=rel)
        for label, rel, page in (("Previous", "prev", previous), ("Next", "next", following))
        if page is not None
    ]
    return element("nav", links, class_="pager", aria_label=name, **attributes)
