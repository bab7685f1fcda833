"""The raw block: Pandoc passes on the HTML of a cell unchanged."""

from __future__ import annotations

import html
import re
import subprocess

import pypandoc
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markupsafe import Markup

from octavo.html import element
from octavo.listings import raw_block, show, show_section


def convert(markdown: str) -> str:
    """Convert a document to HTML with Pandoc, which both renderers use."""
    pandoc = [pypandoc.get_pandoc_path(), "--from=markdown", "--to=html", "--wrap=preserve"]
    return subprocess.run(pandoc, input=markdown, capture_output=True, check=True, encoding="utf-8").stdout


# Pandoc reads a carriage return as a line feed, and drops a zero byte.
texts = st.text(st.characters(exclude_characters="\r\0", exclude_categories=["Cs"]))
characters = st.sampled_from(list("$_*@{}<>&`~^:|[]()#%\\\n \t'\"-+=!x1"))
marks = st.lists(characters | st.sampled_from(["{{<", ">}}", ":::", "```"]))


@given(texts | marks.map("".join))
@example("``` ```` `````\n```\n</p>\n```{=html}")
@example("ends in {{")
@example("{{< meta title >}} {{{< x >}}}")
@settings(deadline=None, max_examples=60)
def test_no_text_of_a_row_is_changed(text: str) -> None:
    printed = convert(raw_block(element("p", text, element("b", "after"))))
    shown = re.fullmatch(r"<p>(.*)<b>after</b></p>\n?", printed, flags=re.DOTALL)
    assert shown, printed
    assert "<" not in shown[1]
    assert html.unescape(shown[1]).split() == text.split()


@pytest.mark.parametrize("text", ["{{", "a {{< b", "{{{<"])
def test_no_text_is_a_shortcode_for_quarto(text: str) -> None:
    assert "{{<" not in raw_block(element("p", text, element("b", "x")))


def test_the_fence_is_longer_than_any_inside() -> None:
    assert raw_block(Markup("`````")).startswith("\n``````{=html}\n")


def test_nothing_is_printed_if_there_is_nothing_to_show(capsys: pytest.CaptureFixture[str]) -> None:
    show(None, Markup(""))
    show_section("Talks", None, element("p", "All talks"))
    assert capsys.readouterr().out == ""


def test_pandoc_makes_the_heading_of_a_section(capsys: pytest.CaptureFixture[str]) -> None:
    show_section("Talks", element("p", "x"))
    assert convert(capsys.readouterr().out) == '<h2 id="talks">Talks</h2>\n<p>x</p>\n'
