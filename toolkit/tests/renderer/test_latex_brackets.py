r"""Formulas in LaTeX brackets are reported; brackets that are merely escaped aren't."""

from __future__ import annotations

from pathlib import Path

import pytest

from octavo.renderer.latex_brackets import find_escaped_formulas
from octavo.renderer.subset import find_undrawn
from tests.renderer.small import write_page


@pytest.mark.parametrize(
    ("text", "line", "shown", "instead"),
    [
        (r"Let \(x\) be", 0, r"\(x\)", "$x$"),
        ("One\n\nand \\(x^2 + y\\).", 2, r"\(x^2 + y\)", "$x^2 + y$"),
        (r"\(\alpha\) is", 0, r"\(\alpha\)", r"$\alpha$"),
        (r"The \(a = b\).", 0, r"\(a = b\)", "$a = b$"),
        (r"\[\int f\]", 0, r"\[\int f\]", r"$$\int f$$"),
        (r"\[x_{1} y\]", 0, r"\[x_{1} y\]", "$$x_{1} y$$"),
        ("```\n\\(y^2\\)\n```\n\\[\nx^2\n\\]", 3, r"\[…", "$$x^2$$"),
    ],
)
def test_a_formula_is_reported_with_what_to_write_instead(text: str, line: int, shown: str, instead: str) -> None:
    message = f"`{shown}` is text, not a formula, even with Quarto: write `{instead}`"
    assert [*find_escaped_formulas(text)] == [(line, message)]


@pytest.mark.parametrize(
    "text",
    [
        r"\[not a link\] and \[see foo_bar_baz\]",
        r"\[n = 20\]",
        "\\(a\\) First\n\\(b\\) Second",
        r"\(see above\)",
        r"`\(x\)` and ``\[x^2\]``",
        "```tex\n\\(x\\)\n```",
        "\\(x\n\ny^2\\)",
        r"\\(x\\)",
        "[text]\\(not a link\\)",
    ],
)
def test_escaped_brackets_are_not_reported(text: str) -> None:
    assert [*find_escaped_formulas(text)] == []


def test_the_page_and_its_line_are_named(tmp_path: Path) -> None:
    root = write_page(tmp_path, "Text.\n\nLet \\(x\\) be.\n")
    (problem,) = find_undrawn(root, ["index.qmd"])
    assert (problem.path, problem.line, problem.severity) == ("index.qmd", 7, "warning")
