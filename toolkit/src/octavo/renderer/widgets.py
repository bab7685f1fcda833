"""Widgets: scripts that Quarto loads from another host where a cell displays HTML, such as a DataFrame."""

from __future__ import annotations

import re
from pathlib import Path

from octavo.files import write_file

_SCRIPTS = re.compile(
    r'<script src="https://cdnjs\.cloudflare\.com/ajax/libs/(?:jquery|require\.js)/[^>]*></script>\n?'
    r"|<script type=\"application/javascript\">define\('jquery'[^<]*</script>\n?"
)


def remove_widget_scripts(site: Path) -> None:
    """Delete these scripts from pages that have no other script that could need them."""
    for file in site.rglob("*.html"):
        text = file.read_text(encoding="utf-8")
        head, body, rest = text.partition("<body")
        if _SCRIPTS.search(head) and "<script" not in rest:
            write_file(file, _SCRIPTS.sub("", head) + body + rest)
