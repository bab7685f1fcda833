"""The profile: portrait, links, prose."""

from __future__ import annotations

from markupsafe import Markup

from octavo.html import element
from octavo.listings.links import link
from octavo.listings.pictures import picture
from octavo.markdown import render_inline
from octavo.model.identifiers import make_orcid_address
from octavo.model.profile import Profile
from octavo.pictures.sizes import PORTRAIT


def portrait(profile: Profile) -> Markup | None:
    """The photo, if the profile has one."""
    if not profile.picture:
        return None
    return picture(profile.picture, PORTRAIT, f"Portrait of {profile.name}", lazy=False, class_="portrait")


def profile_links(profile: Profile) -> Markup | None:
    """The link row: the profile's links in their order, then e-mail and ORCID if they are given."""
    links = [(entry.label, entry.url) for entry in profile.links]
    if profile.email:
        links.append(("E-mail", f"mailto:{profile.email}"))
    if profile.orcid:
        links.append(("ORCID", make_orcid_address(profile.orcid)))
    if not links:
        return None
    items = [element("li", link(label, address, rel="me")) for label, address in links]
    return element("ul", items, class_="links", aria_label=f"Links: {profile.name}")


def prose(text: str | None) -> Markup | None:
    """A paragraph of inline Markdown."""
    return element("p", render_inline(text)) if text else None
