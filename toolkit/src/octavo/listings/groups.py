"""Groups: a heading and the part of a list under it."""

from __future__ import annotations

from markupsafe import Markup

from octavo.html import element


def group_section(heading: str, identifier: str, content: Markup | None) -> Markup:
    """A section as Pandoc writes it for a level-2 heading, so that both look the same."""
    return element("section", element("h2", heading), content, id=identifier, class_="level2")
