"""The sitemap: the renderer's own, with the papers' pages.

https://www.sitemaps.org/protocol.html
"""

from __future__ import annotations

import datetime
import re
import xml.etree.ElementTree as ET
from collections.abc import Collection, Mapping, Sequence
from html import unescape

from markupsafe import escape

_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
_XHTML = "http://www.w3.org/1999/xhtml"
_IN_NAMESPACE = f"{{{_NAMESPACE}}}"
_HOME = re.compile("/index\\.html$")


def update_sitemap(
    sitemap: str, addresses: Sequence[str], *, changed: datetime.datetime, gone: Collection[str] = ()
) -> str:
    """The sitemap with the papers' addresses, and without those that are gone.

    A paper's page changed when the tables did (`changed`, in UTC), or when the sitemap says, if that is later. Home
    pages of folders are named as their canonical links name them: the folder's address without `index.html`.
    """
    urls = ET.fromstring(sitemap.encode())  # noqa: S314  the renderer wrote it
    entries = {
        _HOME.sub("/", url.findtext(f"{_IN_NAMESPACE}loc", "")): url.findtext(f"{_IN_NAMESPACE}lastmod", "")
        for url in urls.iter(f"{_IN_NAMESPACE}url")
    }
    time = f"{changed:%Y-%m-%dT%H:%M:%S}.{changed.microsecond // 1000:03}Z"
    papers = {address: max(time, entries.get(address, "")) for address in addresses}
    left = {address: time for address, time in entries.items() if address not in gone}
    return _format_sitemap(left | papers)


def _format_sitemap(entries: dict[str, str]) -> str:
    body = "".join(
        f"  <url>\n    <loc>{escape(address)}</loc>\n"
        + (f"    <lastmod>{time}</lastmod>\n" if time else "")
        + "  </url>\n"
        for address, time in entries.items()
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{body}</urlset>\n'
    )


def name_alternates(sitemap: str, alternates: Mapping[str, Sequence[tuple[str, str]]]) -> str:
    """The sitemap with the versions of each address in other languages.

    `alternates` are `hreflang` values and addresses, by address
    (https://developers.google.com/search/docs/specialty/international/localized-versions#sitemap).
    """

    def add(match: re.Match[str]) -> str:
        versions = alternates.get(unescape(match[1]), ())
        links = (f'    <xhtml:link rel="alternate" hreflang="{tag}" href="{escape(url)}"/>\n' for tag, url in versions)
        return match[0] + "".join(links)

    declaration = f' xmlns:xhtml="{_XHTML}"'
    plain = re.sub(r" *<xhtml:link .*\n", "", sitemap.replace(declaration, "", 1))
    return re.sub(r"    <loc>(.*?)</loc>\n", add, plain).replace("<urlset", f"<urlset{declaration}", 1)
