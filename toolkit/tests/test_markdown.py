"""Inline Markdown: emphasis, code and links; everything else is text."""

from __future__ import annotations

import pytest

from octavo.markdown import link_addresses, plain_text, render_inline


def test_emphasis_code_and_links_are_rendered() -> None:
    assert (
        render_inline("*a* **b** `c` [d](https://e.org/?f=1&g=2)")
        == '<em>a</em> <strong>b</strong> <code>c</code> <a href="https://e.org/?f=1&amp;g=2">d</a>'
    )


@pytest.mark.parametrize(
    "text",
    ["$x_1$", "@cite", "[@cite]", ":::", "# not a heading", "- no list", "{{x}}", "~~no~~", "H~2~O", "a | b", "^1^"],
)
def test_what_only_pandoc_would_read_is_text(text: str) -> None:
    assert render_inline(text) == text


def test_html_is_text() -> None:
    assert render_inline("<script>alert(1)</script>") == "&lt;script&gt;alert(1)&lt;/script&gt;"


@pytest.mark.parametrize("address", ["javascript:alert(1)", "JaVaScRiPt:alert(1)", "vbscript:x", "data:text/html,x"])
def test_a_link_that_could_run_code_is_text(address: str) -> None:
    assert "<a" not in render_inline(f"[x]({address})")


def test_line_breaks_count_as_spaces() -> None:
    assert render_inline("a\n  b") == "a b"


def test_quotation_marks_are_curled_as_in_the_pages() -> None:
    assert render_inline('Master\'s "thesis"') == "Master’s “thesis”"


def test_plain_text_is_what_is_read() -> None:
    assert plain_text("*a* [b](https://c.org) `d` \\* &amp;") == "a b d * &"


def test_link_addresses_are_found_in_order() -> None:
    assert link_addresses("[a](https://b.org) and [c](docs/d.pdf)") == ["https://b.org", "docs/d.pdf"]
