"""A handwritten site to test with: a home page and a sitemap."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from markupsafe import escape

from octavo.files import write_file
from octavo.made_page import LayOut, MadePage
from octavo.site import Site

SITE = Site(title="Emmy Noether", url="https://noether.example/~emmy", description="Rings.")

PAGE = """<!DOCTYPE html>
<html lang="en"><head>
<title>{title} – Emmy Noether</title>
<meta name="description" content="{description}">
<meta property="og:image" content="https://noether.example/~emmy/{card}">
{head}</head>
<body><main id="main" class="paper">
<header><h1>{heading}</h1></header>
{body}
</main></body></html>
"""
HOME = "<!DOCTYPE html>\n<html><head>\n<title>Emmy Noether</title>\n</head><body></body></html>\n"
SITEMAP = """<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
  <url>
    <loc>{url}/index.html</loc>
    <lastmod>2025-01-02T03:04:05.678Z</lastmod>
  </url>
</urlset>
"""


def write_site(folder: Path, url: str = SITE.url) -> Path:
    """Write the site as a renderer leaves it, before the hook."""
    (folder / "publications").mkdir(parents=True, exist_ok=True)
    (folder / "index.html").write_text(HOME, encoding="utf-8")
    (folder / "sitemap.xml").write_text(SITEMAP.format(url=url), encoding="utf-8")
    (folder / "search.json").write_text("[]", encoding="utf-8")
    return folder


def lay_out_in(folder: Path) -> LayOut:
    """Returns a function that lays out generated pages in a minimal format."""

    def write(_: Mapping[str, object], pages: Iterable[MadePage]) -> None:
        for page in pages:
            values = {name: escape(value) for name, value in page._asdict().items()}
            write_file(folder / page.path, PAGE.format(**values))

    return write
