r"""Formulas between `\(` and `\)` or `\[` and `\]`, as in LaTeX: in Quarto's Markdown, these are escaped brackets."""

from __future__ import annotations

import re
from collections.abc import Iterator

from octavo.renderer.includes import follow_fence

_BRACKETS = re.compile(
    r"(?<!\\)\\(?:\((?P<inline>(?:[^\n]|\n(?!\s*\n))+?)\\\)|\[(?P<block>(?:[^\n]|\n(?!\s*\n))+?)\\\])"
)
_COMMAND = re.compile(r"\\[A-Za-z]|[A-Za-z)}][_^](?:\{|\w\b)")
_SYMBOLS = re.compile(r"[=<>+^]|(?<=[^\n])\\\(\s*[A-Za-z]\s*\\\)")
_CODE = re.compile(r"(`+)[^`].*?(?<!`)\1(?!`)", re.DOTALL)


def find_escaped_formulas(text: str) -> Iterator[tuple[int, str]]:
    """The line, counted from 0, and a message for each that looks like a formula."""
    prose = _CODE.sub(lambda code: re.sub(r"[^\n]", " ", code[0]), _blank_blocks(text))
    for match in _BRACKETS.finditer(prose):
        dollars = "$" if match["inline"] else "$$"
        formula = " ".join((match["inline"] or match["block"]).split())
        # A letter in parentheses at the start of a line, such as `\(a\)`, begins an item of a list.
        is_symbol = match["inline"] and _SYMBOLS.search(prose[max(match.start() - 1, 0) : match.end()])
        if is_symbol or _COMMAND.search(formula):
            shown = match[0].split("\n")[0] + ("…" if "\n" in match[0] else "")
            instead = f"write `{dollars}{formula}{dollars}`"
            yield prose.count("\n", 0, match.start()), f"`{shown}` is text, not a formula, even with Quarto: {instead}"


def _blank_blocks(text: str) -> str:
    fence, lines = "", []
    for line in text.split("\n"):
        outer, fence = fence, follow_fence(fence, line)
        lines.append("" if outer or fence else line)
    return "\n".join(lines)
