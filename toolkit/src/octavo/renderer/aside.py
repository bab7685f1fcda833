"""Raw blocks stand aside while Pandoc reads and writes a page, which takes it as long as if they were Markdown.

A list of a thousand publications is one raw block of 2.4 MB. Pandoc gets a comment in its place, filters see the block
itself, and the comment comes back in the page. Where it doesn't come back as a line of its own, Pandoc is given the
whole page.
"""

from __future__ import annotations

import re
import secrets
from typing import NamedTuple

_OPENING = re.compile(r"^(?P<fence>`{3,})\{=html\}\n", re.MULTILINE)


class Block(NamedTuple):
    """The text of a raw block and the comment in its place."""

    comment: str
    text: str


def set_aside(markdown: str) -> tuple[str, list[Block]]:
    """The Markdown with comments in place of its raw HTML, and the blocks that they stand for.

    Only blocks whose fences stand at the line's beginning and are alike are taken; what looks like one, and is a line
    of a longer block of code, isn't found as a raw block in what Pandoc has read.
    """
    if "\r" in markdown:  # which Pandoc drops
        return markdown, []
    name = secrets.token_hex(16)
    parts: list[str] = []
    blocks: list[Block] = []
    end = 0
    while opening := _OPENING.search(markdown, end):
        closing = re.compile(rf"^[ \t]*{opening['fence']}.*\n?", re.MULTILINE).search(markdown, opening.end())
        if closing is None:
            break
        text = markdown[opening.end() : closing.start() - 1]
        parts.append(markdown[end : opening.end()])
        if text and closing[0].rstrip("\n") == opening["fence"]:
            blocks.append(Block(f"<!--{name} {len(blocks)}-->", text))
            parts += [blocks[-1].comment, "\n", closing[0]]
        else:
            parts.append(markdown[opening.end() : closing.end()])
        end = closing.end()
    return "".join([*parts, markdown[end:]]), blocks


def put_back(html: str, blocks: list[Block]) -> str | None:
    """The HTML with the blocks in it; None where a comment doesn't begin a line: the block's lines may be indented."""
    for block in blocks:
        if html.count(block.comment) != html.count("\n" + block.comment):
            return None
        html = html.replace(block.comment, block.text)
    return html
