"""The sitemap: the renderer's own, with the pages that were added and without those that are no pages.

https://www.sitemaps.org/protocol.html
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Collection, Sequence

from markupsafe import escape

_ENTRY = re.compile(r"<url>\s*<loc>(.*?)</loc>\s*(?:<lastmod>(.*?)</lastmod>\s*)?</url>", re.DOTALL)


def update_sitemap(
    sitemap: str, addresses: Sequence[str], *, mould: str, changed: datetime.datetime, gone: Collection[str] = ()
) -> str:
    """The sitemap with the papers' addresses, without the mould's and those of papers that are gone.

    A paper's page changed when the mould did, which renderers tell by its file's time, or when the tables did
    (`changed`, in UTC), whichever is later.
    """
    entries = {match[1]: match[2] or "" for match in _ENTRY.finditer(sitemap)}
    time = max(entries.pop(str(escape(mould)), ""), f"{changed:%Y-%m-%dT%H:%M:%S}.{changed.microsecond // 1000:03}Z")
    papers = {(paper := str(escape(address))): max(time, entries.get(paper, "")) for address in addresses}
    left = {address: time for address, time in entries.items() if address not in gone}
    return _format_sitemap(left | papers)


def _format_sitemap(entries: dict[str, str]) -> str:
    body = "".join(
        f"  <url>\n    <loc>{address}</loc>\n" + (f"    <lastmod>{time}</lastmod>\n" if time else "") + "  </url>\n"
        for address, time in entries.items()
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{body}</urlset>\n'
    )
