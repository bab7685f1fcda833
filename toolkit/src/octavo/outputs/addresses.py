"""Addresses: how a component's links are written for a file that isn't a page at the site's root.

Components write addresses of the site's files from its root (`/docs/cv.pdf`) and escape every quote in text, so
that ` href="/` occurs only inside tags. A `srcset` has several addresses, each followed by its density.
"""

from __future__ import annotations

import re

from markupsafe import Markup

_LOCAL = re.compile(r' (href|src|poster)="/(?!/)')
_SEVERAL = re.compile(r' srcset="[^"]*"')
_CANDIDATE = re.compile(r'(?<=[" ])/(?!/)')


def place_addresses(html: Markup, base: str) -> Markup:
    """The HTML with `base` before local addresses: `../` for a page in a folder, the site's address for a feed."""
    placed = _LOCAL.sub(lambda match: f' {match[1]}="{base}', html)
    return Markup(_SEVERAL.sub(lambda match: _CANDIDATE.sub(lambda _: base, match[0]), placed))  # noqa: S704
