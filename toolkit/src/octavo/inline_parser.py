"""The parser of inline Markdown: emphasis, code, links, and character entities by CommonMark's rules, and formulas.

Formulas are delimited by dollars, by Pandoc's rule: no space inside them next to a dollar, and no digit after the
closing one, so `$5 and $10` is text. Double dollars make display formulas.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline

FORMULA = "formula"
"""The type of a formula's token; its markup is `$` or `$$`."""

FORMULA_PATTERN = re.compile(r"(\$\$?)(?![\s$])((?:\\.|[^\\$])*?)(?<!\s)\1(?![0-9$])", re.DOTALL)
# The characters that any rule begins with; most texts have none, and parsing is slow.
_MARKUP = re.compile(r"[*_`\[\]\\$&]")


def has_markup(text: str) -> bool:
    """Whether the text may contain markup; False is certain."""
    return _MARKUP.search(text) is not None


def escape_inline(text: str) -> str:
    """The text escaped, so that it reads as itself in inline Markdown."""
    return _MARKUP.sub(r"\\\g<0>", text)


def make_parser(is_formula: Callable[[str], bool], *rules: str, typographer: bool = False) -> MarkdownIt:
    """A parser of inline Markdown, with more of markdown-it's rules if requested.

    `is_formula` decides whether text between dollars is a formula.
    """
    from markdown_it import MarkdownIt  # takes 50 ms, and tables that are cached don't need it

    parser = MarkdownIt("zero", {"html": False, "typographer": typographer})
    parser.enable(["emphasis", "link", "backticks", "escape", "entity", *rules])

    def read_formula(state: StateInline, silent: bool) -> bool:
        match = FORMULA_PATTERN.match(state.src, state.pos) if state.src[state.pos] == "$" else None
        if match is None or match.end() > state.posMax or not is_formula(match[2]):
            return False
        if not silent:
            token = state.push(FORMULA, "math", 0)
            token.markup, token.content = match[1], match[2]
        state.pos = match.end()
        return True

    parser.inline.ruler.after("escape", FORMULA, read_formula)
    return parser
