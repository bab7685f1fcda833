"""The sitemap and `robots.txt`, as Quarto's website step writes them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from html import escape
from pathlib import Path

from octavo.files import write_file


def write_sitemap(address: str, root: Path, folder: Path, outputs: Mapping[str, str]) -> None:
    """Write `sitemap.xml` with all `outputs` (by input) except the 404 page, and `robots.txt` if it is missing."""
    entries = "".join(
        f"  <url>\n    <loc>{escape(address + output)}</loc>\n"
        f"    <lastmod>{_last_modified(root / source)}</lastmod>\n  </url>\n"
        for source, output in outputs.items()
        if output != "404.html"
    )
    text = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{entries}</urlset>\n'
    )
    write_file(folder / "sitemap.xml", text)
    robots = folder / "robots.txt"
    if not robots.exists():
        write_file(robots, f"Sitemap: {address}sitemap.xml\n")


def _last_modified(file: Path) -> str:
    moment = datetime.fromtimestamp(file.stat().st_mtime, UTC)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
