"""The citation: a BibTeX entry to read and copy."""

from __future__ import annotations

from markupsafe import Markup

from octavo.html import element
from octavo.language.words import write_word


def bibtex_block(entry: str) -> Markup:
    """The entry and a button that copies it; the script that makes the button work also shows it."""
    return element(
        "div",
        element("pre", element("code", entry.strip())),
        element("button", write_word("copy-button-tooltip"), type="button", class_="copy", hidden=True),
        class_="bibtex",
    )
