"""Inline Markdown: emphasis, code, and links; everything else is text."""

from __future__ import annotations

import json
import string
import subprocess
from pathlib import Path

import pypandoc
import pytest
from hypothesis import given
from hypothesis import strategies as st

from octavo.markdown import (
    escape_markdown,
    plain_text,
    plain_title,
    render_inline,
    render_title,
    write_inline,
)

# Text parsed by Pandoc, one JSON string per line: the plain text of each, or else the first element that isn't text.
READ_BY_PANDOC = """
local function read(text, format)
  local blocks = pandoc.read(text, format).blocks
  if #blocks ~= 1 or (blocks[1].t ~= "Para" and blocks[1].t ~= "Plain") then return "no paragraph" end
  for _, part in ipairs(blocks[1].content) do
    if part.t ~= "Str" and part.t ~= "Space" and part.format ~= "nothing" then return "a " .. part.t end
  end
  return pandoc.utils.stringify(blocks)
end
for line in io.lines() do io.write(pandoc.json.encode(read(pandoc.json.decode(line, false), "markdown")), "\\n") end
"""


def test_emphasis_code_and_links_are_rendered() -> None:
    assert (
        render_inline("*a* **b** `c` [d](https://e.org/?f=1&g=2)")
        == '<em>a</em> <strong>b</strong> <code>c</code> <a href="https://e.org/?f=1&amp;g=2">d</a>'
    )


@pytest.mark.parametrize(
    "text",
    [
        "$5 and $10",
        "x$",
        r"$\foo$",
        "$ x$",
        "$x $",
        "$x$5",
        "@cite",
        "[@cite]",
        ":::",
        "# not a heading",
        "- no list",
        "{{x}}",
        "~~no~~",
        "H~2~O",
        "a | b",
        "^1^",
    ],
)
def test_syntax_that_only_pandoc_knows_is_text(text: str) -> None:
    assert render_inline(text) == text


def test_formulas_become_mathml() -> None:
    assert render_inline("$x_1$") == "<math><msub><mi>x</mi><mn>1</mn></msub></math>"
    assert render_inline("in $O(n)$ *time*") == (
        'in <math><mi>O</mi><mo stretchy="false">(</mo><mi>n</mi><mo stretchy="false">)</mo></math> <em>time</em>'
    )
    assert render_inline("$$x$$") == '<math display="block"><mi>x</mi></math>'


@pytest.mark.parametrize("text", [r"\$x\$", "`$x$`", r"a \$5 b$"])
def test_escaped_dollars_and_code_are_not_formulas(text: str) -> None:
    assert "<math" not in render_inline(text)


def test_a_formula_is_raw_inside() -> None:
    assert plain_text(r"$a_1 * b_2 * c$ and $\{x\}$") == "a₁ ∗ b₂ ∗ c and {x}"


def test_titles_keep_their_quotation_marks() -> None:
    assert render_title('*A* "B"') == "<em>A</em> &quot;B&quot;"
    assert plain_title('*A* "B"') == 'A "B"'


@pytest.mark.parametrize(
    "text", ["C*-algebras", "A* search and D* search", "snake_case_name", "a [b] c", "R&D", r"back\slash", "100 $", ""]
)
def test_text_without_special_characters_is_written_unchanged(text: str) -> None:
    assert write_inline(text) == text


@given(st.text(alphabet=st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="$")))
def test_written_text_is_read_back_as_itself(text: str) -> None:
    assert plain_title(write_inline(text)) == " ".join(text.split())


def test_written_text_keeps_its_formulas_and_no_other_dollars() -> None:
    assert write_inline(r"*a* $\alpha$ and $\foo$") == r"\*a\* $\alpha$ and \$\\foo\$"


def test_html_is_escaped() -> None:
    assert render_inline("<script>alert(1)</script>") == "&lt;script&gt;alert(1)&lt;/script&gt;"


@pytest.mark.parametrize("address", ["javascript:alert(1)", "JaVaScRiPt:alert(1)", "vbscript:x", "data:text/html,x"])
def test_a_link_that_could_run_code_is_text(address: str) -> None:
    assert "<a" not in render_inline(f"[x]({address})")


def test_line_breaks_count_as_spaces() -> None:
    assert render_inline("a\n  b") == "a b"


def test_quotation_marks_are_curled_as_in_the_pages() -> None:
    assert render_inline('Master\'s "thesis"') == "Master’s “thesis”"


def test_plain_text_is_the_visible_text() -> None:
    assert plain_text("*a* [b](https://c.org) `d` \\* &amp;") == "a b d * &"


def test_pandoc_reads_escaped_text_as_itself(tmp_path: Path) -> None:
    """Every pair of punctuation marks is only text: alone, at either end, and inside."""
    marks = [*string.punctuation, "1", "iv", "A", "a"]
    texts = [text for a in marks for b in marks for text in (f"{a}{b}", f"{a}{b} x", f"x{a}{b}y", f"{a} {b}")]
    texts += ["{{< meta x >}}", "{{{< x >}}}", "I. Someone", "123. x", "(1) x", "[x]: y", "...", "a -- b --- c", "&lt;"]
    (tmp_path / "read.lua").write_text(READ_BY_PANDOC)
    lines = "".join(json.dumps(escape_markdown(text)) + "\n" for text in texts)
    command = [pypandoc.get_pandoc_path(), "lua", str(tmp_path / "read.lua")]
    done = subprocess.run(command, input=lines, capture_output=True, encoding="utf-8", check=True)
    said = [json.loads(line) for line in done.stdout.splitlines()]
    assert [(text, other) for text, other in zip(texts, said, strict=True) if text != other] == []


@given(st.text(alphabet=st.characters(exclude_categories=["Cc", "Cs"])))
def test_our_own_parser_reads_escaped_text_as_itself(text: str) -> None:
    assert plain_text(escape_markdown(text)) == " ".join(text.split())


@pytest.mark.parametrize("name", ["Ada Nowak", "A. Nowak", "Jean-Luc Blanc", "Zoë Łoś, Jr.", "A&M University"])
def test_an_ordinary_name_needs_no_escapes(name: str) -> None:
    assert escape_markdown(name) == name
