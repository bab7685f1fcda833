"""The addresses of the links in a text of inline Markdown, including those that may not be published."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from octavo.model.addresses import check_address

if TYPE_CHECKING:
    from markdown_it import MarkdownIt


def find_links(text: str) -> list[str]:
    """Where the text's links lead, in order, as Markdown decodes them, allowed or not."""
    if "](" not in text:  # most texts; parsing costs
        return []
    blocks = _make_parser().parseInline(" ".join(text.split()))
    tokens = [token for block in blocks for token in block.children or ()]
    return [str(token.attrs["href"]) for token in tokens if token.type == "link_open"]


def check_inline_markdown(text: str) -> str:
    """Return the text unchanged if its links may be published.

    Raises:
        ValueError: with the first address that may not.
    """
    for address in find_links(text):
        check_address(address)
    return text


@lru_cache(maxsize=1)
def _make_parser() -> MarkdownIt:
    """The rules of `octavo.markdown`, but all addresses pass: a bad one is to be found, not left alone."""
    from markdown_it import MarkdownIt  # costs 0.1 s that tables without links needn't pay

    parser = MarkdownIt("zero", {"html": False}).enable(["emphasis", "link", "backticks", "escape", "entity"])
    parser.validateLink = lambda url: True  # type: ignore[method-assign]
    return parser
