"""Inline code: expressions in running text, `{python} len(papers)`, whose values the page shows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from octavo.errors import Faults, ForeignError
from octavo.renderer.cells import Cell
from octavo.renderer.includes import Line

# As in Quarto, which looks for them in any line, also of code blocks.
_INLINE = re.compile(r"(?<!`)`\{python\}[ \t]([^`]+)`")
_SPECIAL = re.compile(r"([\\`*_{}\[\]()>#+-.!])")


def list_expressions(lines: Sequence[Line]) -> Iterator[Cell]:
    """The expressions in Markdown, as cells."""
    for line in lines:
        for match in _INLINE.finditer(line.text):
            yield Cell(match[1].strip(), line.path, line.number, is_inline=True)


def fill_in_values(lines: Sequence[Line], outputs: Iterator[Sequence[Any]], faults: Faults) -> str:
    """The Markdown with each expression's value, the next of `outputs`, in its place.

    Adds to `faults` for a value that is neither text nor HTML nor Markdown.
    """
    return "\n".join(_fill_in_line(line, outputs, faults) for line in lines)


def _fill_in_line(line: Line, outputs: Iterator[Sequence[Any]], faults: Faults) -> str:
    def fill_in(match: re.Match[str]) -> str:
        data = next(outputs)[0]["data"]
        with faults.collect():
            return _write(line, data, match[0])
        return match[0]

    return _INLINE.sub(fill_in, line.text)


def _write(line: Line, data: dict[str, str], code: str) -> str:
    if "text/html" in data:
        return f"`{data['text/html']}`{{=html}}"
    if "text/markdown" in data:
        return data["text/markdown"]
    if set(data) != {"text/plain"}:
        raise ForeignError(
            line.path, line.number, f"{code} is a picture or a formula, which needs Quarto in running text"
        )
    return _escape(data["text/plain"]) or code


def _escape(text: str) -> str:
    """A text without its quotation marks and without markup; any other value unchanged."""
    if text[:1] in ("'", '"') and text[-1:] == text[:1] and len(text) > 1:
        return _SPECIAL.sub(r"\\\1", text[1:-1].replace("\\", "\\\\"))
    return text
