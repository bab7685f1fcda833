"""Addresses: how a component's links are written for a file that isn't a page at the site's root.

Components write addresses of the site's files from its root (`/docs/cv.pdf`) and escape every quote in a text, so
that ` href="/` occurs in an element's tag only.
"""

from __future__ import annotations

import re

from markupsafe import Markup

_LOCAL = re.compile(r' (href|src)="/(?!/)')


def place_addresses(html: Markup, base: str) -> Markup:
    """The HTML with `base` before local addresses: `../` for a page in a folder, the site's address for a feed."""
    return Markup(_LOCAL.sub(lambda match: f' {match[1]}="{base}', html))  # noqa: S704
