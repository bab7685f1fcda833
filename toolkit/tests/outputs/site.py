"""A rendered site to test with, small enough to be written by hand: the template, a home page and a sitemap."""

from __future__ import annotations

from pathlib import Path

from octavo.site import Site

SITE = Site(title="Emmy Noether", url="https://noether.example/~emmy", description="Rings.")

TEMPLATE = """<!DOCTYPE html>
<html lang="en"><head>
<title>PAPER-TITLE – Emmy Noether</title>
<meta name="description" content="PAPER-DESCRIPTION">
<meta property="og:title" content="PAPER-TITLE – Emmy Noether">
<meta property="og:image" content="https://noether.example/~emmy/PAPER-CARD">
<link rel="stylesheet" href="../assets/octavo.css">
<link rel="canonical" href="https://noether.example/~emmy/publications/paper.html">
</head>
<body><main id="main" class="paper">
<header><h1>PAPER-TITLE</h1></header>
PAPER-BODY
</main></body></html>
"""
HOME = "<!DOCTYPE html>\n<html><head>\n<title>Emmy Noether</title>\n</head><body></body></html>\n"
SITEMAP = """<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
  <url>
    <loc>{url}/index.html</loc>
    <lastmod>2025-01-02T03:04:05.678Z</lastmod>
  </url>
  <url>
    <loc>{url}/publications/paper.html</loc>
    <lastmod>2025-01-02T03:04:05.999Z</lastmod>
  </url>
</urlset>
"""


def write_site(folder: Path, url: str = SITE.url) -> Path:
    """What a renderer leaves behind, before the hook."""
    (folder / "publications").mkdir(parents=True, exist_ok=True)
    (folder / "publications" / "paper.html").write_text(TEMPLATE, encoding="utf-8")
    (folder / "index.html").write_text(HOME, encoding="utf-8")
    (folder / "sitemap.xml").write_text(SITEMAP.format(url=url), encoding="utf-8")
    (folder / "search.json").write_text("[]", encoding="utf-8")
    return folder
