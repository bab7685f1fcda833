"""Files for crawlers: the renderer's sitemap, extended by generated pages, and `robots.txt`.

https://www.sitemaps.org/protocol.html
"""

from __future__ import annotations

import datetime
import re
import xml.etree.ElementTree as ET
from collections.abc import Collection, Iterable, Mapping, Sequence
from html import unescape
from pathlib import Path

from markupsafe import escape

from octavo.files import write_file
from octavo.site import Crawlers, Site

_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
_XHTML = "http://www.w3.org/1999/xhtml"
_IN_NAMESPACE = f"{{{_NAMESPACE}}}"
_HOME = re.compile("/index\\.html$")
# Crawlers that gather text for training models, by the names that their operators publish. Those that only
# fetch what somebody asks a model about, or index for search, have other names.
TRAINERS: Sequence[str] = (
    "AI2Bot",
    "Amazonbot",
    "Applebot-Extended",
    "Bytespider",
    "CCBot",
    "ClaudeBot",
    "cohere-training-data-crawler",
    "Google-Extended",
    "GPTBot",
    "meta-externalagent",
)


def complete_sitemap(site: Path, addresses: Sequence[str], sources: Iterable[Path], gone: Collection[str] = ()) -> None:
    """Add pages that are made of these sources to the built site's sitemap, if the renderer wrote one."""
    file = site / "sitemap.xml"
    if file.is_file():
        latest = max((source.stat().st_mtime for source in sources if source.is_file()), default=0)
        changed = datetime.datetime.fromtimestamp(latest, datetime.UTC)
        write_file(file, update_sitemap(file.read_text(encoding="utf-8"), addresses, changed=changed, gone=gone))


def update_sitemap(
    sitemap: str, addresses: Sequence[str], *, changed: datetime.datetime, gone: Collection[str] = ()
) -> str:
    """The sitemap with the papers' addresses, without those of deleted papers.

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
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="{_NAMESPACE}">\n{body}</urlset>\n'


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


def format_robots(crawlers: Crawlers, site: Site) -> str:
    """The file's text."""
    agents = {"all": (), "no-training": TRAINERS, "none": ("*",)}[crawlers]
    rules = [*(f"User-agent: {agent}" for agent in agents), "Disallow: /", ""] if agents else []
    return "\n".join([*rules, f"Sitemap: {site.make_address('sitemap.xml')}", ""])
