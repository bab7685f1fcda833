"""The mould: one rendered page with slots, from which a page for every row is cast.

The renderer makes one page, whatever it is that makes pages (Quarto or ours), with header, footer, assets and the
addresses right for its folder; casting the others is joining strings. The page is rendered where the cast ones
stand, so that no address in it has to change.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup, escape

# Words that Pandoc leaves alone wherever the page's front matter or text puts them.
SLOTS = {
    "PAPER-TITLE": "title",
    "PAPER-DESCRIPTION": "description",
    "PAPER-BODY": "body",
    "PAPER-CARD": "card",
    "</head>": "head",
}
_SLOT = re.compile("(" + "|".join(map(re.escape, SLOTS)) + ")")
_CANONICAL = re.compile(r'<link rel="canonical" href="[^"]*">\n?')


@dataclass(frozen=True, slots=True)
class Mould:
    """A page in pieces: literal text and names of slots by turns."""

    pieces: tuple[str, ...]

    @classmethod
    def parse(cls, html: str) -> Mould:
        """Cut the page at its slots and leave its canonical address off; `head` is the end of its head.

        Raises:
            ValueError: if it lacks a slot: then it is another page.
        """
        parts = _SLOT.split(_CANONICAL.sub("", html))
        pieces = tuple(SLOTS[part] if index % 2 else part for index, part in enumerate(parts))
        missing = sorted({"title", "body", "head"} - set(pieces[1::2]))
        if missing:
            raise ValueError(f"no slot for {', '.join(missing)}")
        return cls(pieces)

    def fill(self, values: Mapping[str, str]) -> str:
        """The page with each slot's value in its place; plain texts are escaped, `Markup` is taken as it is."""
        texts = {name: str(escape(value)) for name, value in values.items()}
        texts["head"] = f"{texts['head']}</head>"
        return "".join(texts[piece] if index % 2 else piece for index, piece in enumerate(self.pieces))


def is_mould(html: str) -> bool:
    """Whether the page is one with slots, and not one that was cast or put in the mould's place."""
    return "PAPER-TITLE" in html


def fill_head(html: str, tags: Markup) -> str:
    """The page with the tags at the end of its head."""
    before, end, after = html.partition("</head>")
    return f"{before}{tags}{end}{after}" if end else html
