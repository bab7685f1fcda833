"""Inline Markdown: what a table's `text` may hold.

Emphasis, code, links and character entities, by CommonMark's rules; everything else, HTML and
formulas included, is text. Markdown is turned into HTML here and not left to Pandoc, so that a
listing looks the same wherever a row is shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

from octavo.model.addresses import site_address

# Quotation marks are curled as Pandoc curls those of the pages.
_PARSER = MarkdownIt("zero", {"html": False, "typographer": True}).enable(
    ["emphasis", "link", "backticks", "escape", "entity", "smartquotes"]
)
# What Pandoc, Quarto, GitHub, or the parser here reads as more than itself: most punctuation, the beginning of an
# entity, and a dash or dot at the beginning or after another one.
_MARKUP = re.compile(r"[]!\"#$%'()*+:<=>@[\\^_`{|}~]|&(?=#?\w+;)|^[-.]|(?<=-)-|(?<=\.)\.")
# The number of a list: `1.`, `iv.`, and a capital letter alone. `A. Nowak` is no list.
_NUMBER = re.compile(r"^(\d+|[a-z]+|[A-Z](?=\.$))\.(?=\s|$)")
# Quarto looks for shortcodes in metadata after Pandoc has removed the escapes. Raw text for a format that nobody writes
# keeps their braces apart and shows nothing; Quarto deletes a comment there.
_SHORTCODE = re.compile(r"(?<=\{)(?=\{<)|(?<=>)(?=\}\})")
NOTHING = "`-`{=nothing}"


def escape_markdown(text: str) -> str:
    """The text on one line, as Markdown that reads as the text itself: no markup, no shortcode, no typography."""
    parts = _SHORTCODE.split(" ".join(text.split()))
    return _NUMBER.sub(r"\1\.", NOTHING.join(_MARKUP.sub(r"\\\g<0>", part) for part in parts))


def render_inline(text: str) -> Markup:
    """HTML of one text; line breaks in it count as spaces, and files of the site are addressed from its root."""
    tokens = list(_parse(text))
    for token in _walk(tokens):
        if token.type == "link_open":
            token.attrSet("href", site_address(str(token.attrs["href"])))
    return Markup(_PARSER.renderer.render(tokens, _PARSER.options, {}))  # noqa: S704  the parser escapes


def parse_inline(text: str) -> Iterator[Token]:
    """The parser's inline tokens, for what isn't HTML."""
    yield from _walk(_parse(text))


def plain_text(text: str) -> str:
    """The text as it is read, without its markup."""
    return "".join(token.content for token in parse_inline(text.replace(NOTHING, "")))


def link_addresses(text: str) -> list[str]:
    """Where the text's links lead, in order."""
    return [str(token.attrs["href"]) for token in parse_inline(text) if token.type == "link_open"]


def _parse(text: str) -> list[Token]:
    return _PARSER.parseInline(" ".join(text.split()))


def _walk(tokens: Iterable[Token]) -> Iterator[Token]:
    """The inline tokens; the parser puts them under one block."""
    for token in tokens:
        yield from token.children or ()
