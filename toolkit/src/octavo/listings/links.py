"""Links: one, a row of them by role, and the one that leads to the rest of a shortened list."""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup

from octavo.html import element
from octavo.model.addresses import site_address
from octavo.model.vocabulary import LinkRole, name_role


def link(text: str | Markup, address: str, **attributes: str | None) -> Markup:
    """One link."""
    return element("a", text, href=site_address(address), **attributes)


def link_row(links: Mapping[LinkRole, str], *, about: str | None = None) -> Markup | None:
    """Links by role (`{"arxiv": address}`), in the mapping's order; `about` names whose links they are."""
    if not links:
        return None
    items = [element("li", link(name_role(role), address, data_icon=role)) for role, address in links.items()]
    return element("ul", items, class_="links", aria_label=f"Links: {about}" if about else None)


def more_link(text: str, address: str) -> Markup:
    """A link to the rest of a shortened list."""
    return element("p", link(text, address), class_="more")
