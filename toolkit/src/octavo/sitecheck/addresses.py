"""Addresses: where an address leads that stands in a file of the site."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import unquote, urljoin, urlsplit

# Stands for the site's own address where that isn't known (RFC 2606 keeps this name free).
UNKNOWN_SITE = "https://site.invalid/"
_SCHEME = re.compile(r"^[a-zA-Z][a-zA-Z0-9+.-]*:")


@dataclass(frozen=True)
class Inside:
    """A file of the site (a folder's name ends in a slash or is empty), and the anchor in it."""

    path: str
    fragment: str


@dataclass(frozen=True)
class Outside:
    """An http(s) address of another host, or of this host but not under the site's own address."""

    url: str
    same_host: bool


@dataclass(frozen=True)
class Elsewhere:
    """Neither a file nor a page: `mailto:`, `tel:`, `data:`, `javascript:` …"""

    scheme: str


@dataclass(frozen=True)
class Invalid:
    """No address at all; `reason` says why."""

    reason: str


Target = Inside | Outside | Elsewhere | Invalid


def normalize_site_url(url: str | None) -> str:
    """The site's address with a slash at its end, a stand-in where there is none."""
    return url.rstrip("/") + "/" if url else UNKNOWN_SITE


def locate(address: str, path: str, site_url: str) -> Target:
    """Where `address` leads when it stands in the site's file `path`; `site_url` ends in a slash."""
    if re.search(r"[\s<>\"`{}|\\^]", address):
        return Invalid("it holds a character that addresses write as %20 and the like")
    scheme = _SCHEME.match(address)
    if scheme and scheme[0].lower() not in {"http:", "https:"}:
        return Elsewhere(scheme[0][:-1].lower())
    try:
        url = urljoin(site_url + path, address)
        parts = urlsplit(url)
        site = urlsplit(site_url)
        # Joining would take `https:page.html` for a relative address, as no browser does.
        if not (urlsplit(address) if scheme else parts).hostname:
            return Invalid("it has no host")
    except ValueError as error:
        return Invalid(str(error))
    # Over http too, it is the same site.
    same_host = parts.netloc.lower() == site.netloc.lower()
    if same_host and (parts.path or "/").startswith(site.path):
        return Inside(unquote((parts.path or "/")[len(site.path) :]), unquote(parts.fragment))
    return Outside(url, same_host)
