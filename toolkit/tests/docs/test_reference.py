"""The reference agrees with the code: its messages, and the functions of the package."""

from __future__ import annotations

import ast
import re
import sys
from functools import cache

import pytest

from octavo import listings, tables
from tests.docs.blocks import Block, list_blocks
from tests.sites import DOCS, TOOLKIT

sys.path.insert(0, str(DOCS))

from writers.api import format_api

PAGE = DOCS / "reference" / "messages.qmd"
MESSAGES = re.findall(r"^\| `([^|]+?)` \|", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
CELLS = [block for block in list_blocks([*DOCS.glob("*/*.qmd")]) if block.language == "python" and not block.file]


@cache
def read_templates() -> tuple[str, ...]:
    """The strings in the package's code, adjacent ones joined, with `…` for interpolated values."""
    sources = [*(TOOLKIT / "src").rglob("*.py")]
    return tuple(
        text
        for source in sources
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8")))
        if (text := _read_text(node))
    )


def _read_text(node: ast.AST) -> str:
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else ""
    if isinstance(node, ast.JoinedStr):
        return "".join(_read_text(part) or "…" for part in node.values)
    return ""


def is_in_code(message: str) -> bool:
    """Whether a string in the code has all words of the message in order."""
    words = [re.escape(part.strip()) for part in message.split("…") if part.strip(" .:;")]
    pattern = re.compile(".*".join(words), re.DOTALL)
    return any(pattern.search(text) for text in read_templates())


def test_the_page_has_the_common_messages() -> None:
    assert len(MESSAGES) >= 40
    assert len(set(MESSAGES)) == len(MESSAGES)


@pytest.mark.parametrize("message", MESSAGES)
def test_a_message_of_the_page_is_in_the_code(message: str) -> None:
    assert is_in_code(message)


def test_a_message_that_is_not_in_the_code_is_noticed() -> None:
    assert not is_in_code("unknown kee (…)")


def test_the_api_has_every_function_with_a_docstring_of_its_own() -> None:
    text = format_api()
    for module in (tables, listings):
        for name in module.__all__:
            assert f"### {name} {{#{module.__name__}.{name}}}" in text
    assert "partial(func" not in text
    assert not re.search(r"\n```\n\n+###? ", text)


@pytest.mark.parametrize("block", CELLS, ids=str)
def test_the_code_on_a_page_names_existing_functions(block: Block) -> None:
    compile(block.text, str(block), "exec")
    named = re.findall(r"\b(listings|tables)\.(\w+)", block.text)
    modules = {"listings": listings, "tables": tables}
    assert [name for module, name in named if name not in modules[module].__all__] == []
