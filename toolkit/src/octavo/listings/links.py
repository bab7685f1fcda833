"""Links: one, a row of them by role, and the one that leads to the rest of a shortened list."""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup

from octavo.html import element
from octavo.language.words import write_word
from octavo.listings.foreign import name_language
from octavo.listings.icons import find_icon
from octavo.model.addresses import site_address
from octavo.model.vocabulary import LINK_ROLES, LinkName, label_link


def link(text: str | Markup, address: str, **attributes: str | None) -> Markup:
    """One link."""
    return element("a", text, href=site_address(address), **attributes)


def link_row(links: Mapping[LinkName, str], *, about: str | None = None) -> Markup | None:
    """Links by role or label (`{"arxiv": address}`), in the mapping's order; `about` names whose links they are."""
    if not links:
        return None
    icons = {name: name if name in LINK_ROLES else find_icon(address, name) for name, address in links.items()}
    items = [
        element("li", link(label_link(name), address, data_icon=icons[name], **name_language(name)))
        for name, address in links.items()
    ]
    return element("ul", items, class_="links", aria_label=name_links(about) if about else None)


def name_links(owner: str) -> str:
    """The accessible name of a row of links, for those who can't see what it belongs to."""
    return write_word("links-of", name=owner)


def more_link(text: str, address: str) -> Markup:
    """A link to the rest of a shortened list."""
    return element("p", link(text, address), class_="more")
