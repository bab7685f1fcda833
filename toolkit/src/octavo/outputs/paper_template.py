"""The template of papers' pages: one rendered page with placeholders.

The renderer, Quarto or the embedded one, makes this page once, with header, footer, assets, and addresses right for
its folder. Filling it in for each paper is joining strings. It is rendered in the folder of the papers' pages, so no
address in it has to change.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup, escape

# Words that Pandoc leaves alone anywhere in the page's front matter or text.
PLACEHOLDERS = {
    "PAPER-TITLE": "title",
    "PAPER-DESCRIPTION": "description",
    "PAPER-BODY": "body",
    "PAPER-CARD": "card",
    "</head>": "head",
}
_PLACEHOLDER = re.compile("(" + "|".join(map(re.escape, PLACEHOLDERS)) + ")")
_CANONICAL = re.compile(r'<link rel="canonical" href="[^"]*">\n?')


@dataclass(frozen=True, slots=True)
class PaperTemplate:
    """A page in pieces: literal text and names of placeholders, alternating."""

    pieces: tuple[str, ...]

    @classmethod
    def parse(cls, html: str) -> PaperTemplate:
        """Split the page at its placeholders and drop its canonical address; `head` is the end of its head.

        Raises:
            ValueError: if it lacks a placeholder: then it is another page.
        """
        parts = _PLACEHOLDER.split(_CANONICAL.sub("", html))
        pieces = tuple(PLACEHOLDERS[part] if index % 2 else part for index, part in enumerate(parts))
        missing = sorted({"title", "body", "head"} - set(pieces[1::2]))
        if missing:
            raise ValueError(f"no placeholder for {', '.join(missing)}")
        return cls(pieces)

    def fill(self, values: Mapping[str, str]) -> str:
        """The page with each value in its place; plain texts are escaped, `Markup` is inserted as it is."""
        texts = {name: str(escape(value)) for name, value in values.items()}
        texts["head"] = f"{texts['head']}</head>"
        return "".join(texts[piece] if index % 2 else piece for index, piece in enumerate(self.pieces))


def is_template(html: str) -> bool:
    """Whether the page still has its placeholders, unlike a filled one or the one that replaces the template."""
    return "PAPER-TITLE" in html


def fill_head(html: str, tags: Markup) -> str:
    """The page with the tags at the end of its head."""
    before, end, after = html.partition("</head>")
    return f"{before}{tags}{end}{after}" if end else html
