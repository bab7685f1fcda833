"""The citation: a BibTeX entry to read and to copy."""

from __future__ import annotations

from markupsafe import Markup

from octavo.html import element


def bibtex_block(entry: str) -> Markup:
    """The entry as it is in a file; the button is shown by the script that makes it work."""
    return element(
        "div",
        element("pre", element("code", entry.strip())),
        element("button", "Copy", type="button", class_="copy", hidden=True),
        class_="bibtex",
    )
