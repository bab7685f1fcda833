"""Checks of inline Markdown: addresses that may not be published, and formulas that can't be parsed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from octavo.errors import quote_value
from octavo.formulas import convert_formula
from octavo.inline_parser import FORMULA, make_parser
from octavo.model.addresses import check_address

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

# Syntax that only occurs in Markdown, never in plain text: a link, bold, and code.
_MARKDOWN = re.compile(r"!?\[(?P<label>[^\[\]]+)\]\([^\s()]+\)|\*\*(?P<bold>\w[^*]*)\*\*|`(?P<code>[^`]+)`")


def find_links(text: str) -> list[str]:
    """The addresses of the text's links, in order, as Markdown decodes them, allowed or not."""
    if "](" not in text:  # most texts; parsing costs
        return []
    return [str(token.attrs["href"]) for token in _parse(text) if token.type == "link_open"]


def check_inline_markdown(text: str) -> str:
    """Return the text unchanged if its links may be published, its formulas can be read, and it has no pictures.

    Raises:
        ValueError: with the first address, formula, or picture that is wrong.
    """
    if "![" in text and any(token.type == "image" for token in _parse(text, "image")):
        fault = "has a picture in it, which a text in a table can't (write \\! for an exclamation mark before a link)"
        raise ValueError(f"{quote_value(text)} {fault}")
    for address in find_links(text):
        check_address(address)
    if "$" in text:
        for token in _parse(text):
            if token.type == FORMULA:
                convert_formula(token.content)
    return text


def check_title(text: str) -> str:
    """Return the inline Markdown unchanged if it may be a title, which is itself a link and so can't contain one.

    Raises:
        ValueError: if it contains a link, or anything else that may not be published.
    """
    if find_links(text):
        fault = "has a link in it, which a title can't (put the address under links, or write \\[ for the bracket)"
        raise ValueError(f"{quote_value(text)} {fault}")
    return check_inline_markdown(text)


def find_markdown(text: str) -> str:
    """The Markdown in this text, which is why a plain field can't hold it; empty if there is none."""
    match = _MARKDOWN.search(text)
    if match is None:
        return ""
    plain = _MARKDOWN.sub(lambda match: match["label"] or match["bold"] or match["code"], text)
    hint = "; addresses go under links, those of people in people.yml" if match["label"] else ""
    return f"has Markdown in it, but this is plain text (expected {plain!r}{hint})"


def _parse(text: str, *rules: str) -> Iterator[Token]:
    for block in _get_parser(*rules).parseInline(" ".join(text.split())):
        yield from block.children or ()


@lru_cache(maxsize=2)
def _get_parser(*rules: str) -> MarkdownIt:
    """The pages' parser, except that it accepts all addresses and formulas, so that bad ones can be found."""
    parser = make_parser(lambda formula: True, *rules)
    parser.validateLink = lambda url: True  # type: ignore[method-assign]
    return parser
