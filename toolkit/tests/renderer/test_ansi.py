"""Terminal colors as HTML."""

from __future__ import annotations

import pytest

from octavo.renderer.ansi import color_html, has_colors, strip_colors

ESC = "\x1b["


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("plain <&> 'q' \"d\"", "plain &lt;&amp;&gt; 'q' \"d\""),
        (f"{ESC}31mred{ESC}0m after", '<span class="ansi-red-fg">red</span> after'),
        (f"{ESC}31mred{ESC}39m after", '<span class="ansi-red-fg">red</span> after'),
        (f"{ESC}1;32mbold{ESC}m", '<span class="ansi-green-fg ansi-bold">bold</span>'),
        (f"{ESC}94;101mx{ESC}0m", '<span class="ansi-bright-blue-fg ansi-bright-red-bg">x</span>'),
        (f"{ESC}38;5;28;01mdef{ESC}39;00m", '<span style="font-weight:bold;color:rgb(0,135,0)">def</span>'),
        (f"{ESC}38;5;9mx", '<span class="ansi-bright-red-fg">x</span>'),
        (f"{ESC}48;5;240mx", '<span style="background-color:rgb(88,88,88)">x</span>'),
        (f"{ESC}38;2;1;2;3mx", '<span style="color:rgb(1,2,3)">x</span>'),
        (f"{ESC}3;4mx{ESC}23;24my", '<span style="font-style:italic;text-decoration:underline">x</span>y'),
        (f"a{ESC}2Kb", "ab"),
    ],
)
def test_colors_become_the_spans_that_quarto_writes(text: str, html: str) -> None:
    assert color_html(text) == html


def test_strip_colors_leaves_only_the_text() -> None:
    assert strip_colors(f"{ESC}1;31ma{ESC}0mb{ESC}2K") == "ab"
    assert [has_colors(text) for text in ("a", f"{ESC}0m", f"{ESC}2K")] == [False, True, False]
