"""Widgets: what cells draw with scripts, and scripts that Quarto loads from another host for any HTML of theirs."""

from __future__ import annotations

import re
from pathlib import Path

from octavo.files import write_file

_SCRIPTS = re.compile(
    r'<script src="https://cdnjs\.cloudflare\.com/ajax/libs/(?:jquery|require\.js)/[^>]*></script>\n?'
    r"|<script type=\"application/javascript\">define\('jquery'[^<]*</script>\n?"
)

_INLINE_SCRIPT = re.compile(
    r"<script\b(?![^>]*\s(?:src\s*=|type\s*=\s*[\"']?(?:application/(?:ld\+)?json|text/plain)))", re.IGNORECASE
)
# How to get a picture, by a word in the HTML of each library.
_PICTURES = {
    "plotly": '`IPython.display.SVG(figure.to_image("svg"))`, with the package kaleido',
    "vega": '`altair.renderers.enable("svg")`, with the package vl-convert-python',
    "bokeh": "the file that `bokeh.io.export_svg` writes",
}
# What draws a diagram's picture, by the language of its cell.
_TOOLS = {"mermaid": "mmdc -i diagram.mmd -o assets/diagram.svg", "dot": "dot -Tsvg diagram.dot -o assets/diagram.svg"}
_CELL = re.compile(r"\s*`{3,}\s*\{(\w+)")


def describe_widget(html: str) -> str:
    """What is wrong with a cell's HTML that draws itself with an inline script; empty for any other."""
    if not _INLINE_SCRIPT.search(html):
        return ""
    picture = next((how for word, how in _PICTURES.items() if word in html), "a picture, such as Matplotlib's")
    return f"the output draws itself with an inline script, which the Content-Security-Policy blocks; show {picture}"


def describe_diagram(line: str) -> str:
    """What to do instead of a cell that begins with this line, if its language is one for diagrams."""
    match = _CELL.match(line)
    if match is None or match[1] not in _TOOLS:
        return ""
    return (
        f"a `{{{match[1]}}}` cell needs an inline style or script, which the Content-Security-Policy blocks, "
        f"with Quarto too; draw it, `{_TOOLS[match[1]]}`, and show the picture: `![What it says](/assets/diagram.svg)`"
    )


def remove_widget_scripts(site: Path) -> None:
    """Delete these scripts from pages that have no other script that could need them."""
    for file in site.rglob("*.html"):
        text = file.read_text(encoding="utf-8")
        head, body, rest = text.partition("<body")
        if _SCRIPTS.search(head) and "<script" not in rest:
            write_file(file, _SCRIPTS.sub("", head) + body + rest)
