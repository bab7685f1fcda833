"""Formulas that Pandoc can't read are converted by Octavo, or named with their line."""

from __future__ import annotations

from pathlib import Path

from octavo.renderer.unread_formulas import convert_unread_formulas
from tests.renderer.small import write_files

SOURCE = "---\ntitle: T\n---\n\nSome $\\cancel{x}$.\n\n$$\nx < \\foo{y}\n$$\n\nThen $\\half \\bar$.\n"
PAGE = """<p>Some <span class="math inline">$\\cancel{x}$</span>.</p>
<p><span
class="math display">$$
x &lt; \\foo{y}
$$</span></p>
<p>Then <span class="math inline">$1/2
\\nobar$</span>.</p>
<p><span class="math inline">\\(a\\)</span></p>"""


def convert(root: Path, page: str, source: str = SOURCE) -> tuple[str, list[str]]:
    write_files(root, {"page.qmd": source, "_site/page.html": page})
    warnings = list(convert_unread_formulas(root, root / "_site"))
    return (root / "_site/page.html").read_text(encoding="utf-8"), warnings


def test_a_formula_that_octavo_can_read_becomes_one(tmp_path: Path) -> None:
    text, warnings = convert(tmp_path, '<p><span class="math inline">${\\rm A} &lt; \\textcolor{red}{x}$</span></p>')
    assert text.startswith("<p><math>")
    assert "style" not in text
    assert not warnings


def test_others_are_named_with_their_line_and_stay(tmp_path: Path) -> None:
    text, warnings = convert(tmp_path, PAGE, SOURCE.replace("bar", "nobar"))
    assert warnings == [
        "page.qmd:8:1: warning: the formula $x < \\foo{y}$ can't be read from \\foo{y} on: "
        'Unknown command "\\foo"; it is shown as LaTeX',
        "page.qmd:11:1: warning: the formula $1/2 \\nobar$ can't be read from \\nobar on: "
        'Unknown command "\\nobar"; it is shown as LaTeX',
    ]
    assert text.count("<math>") == 1
    assert text.partition("<p><span\n")[2] == PAGE.partition("<p><span\n")[2]
