"""What cells draw with scripts, and the scripts that Quarto adds for any HTML of theirs."""

from __future__ import annotations

from pathlib import Path

import pytest

from octavo.renderer.widgets import describe_widget, remove_widget_scripts
from tests.renderer.test_cells import fail_to_render

# As Quarto 1.7 writes them.
SCRIPTS = """\
<script src="https://cdnjs.cloudflare.com/ajax/libs/require.js/2.3.6/require.min.js" integrity="sha512-x"></script>
<script src="https://cdnjs.cloudflare.com/ajax/libs/jquery/3.5.1/jquery.min.js" integrity="sha512-y"></script>
<script type="application/javascript">define('jquery', [],function() {return window.jQuery;})</script>
"""
PAGE = '<html><head><meta charset="utf-8">\n{}<script src="own.js"></script></head><body>{}</body></html>'


def test_a_displayed_table_loads_nothing_from_another_host(tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_text(PAGE.format(SCRIPTS, "<table></table>"), encoding="utf-8")
    remove_widget_scripts(tmp_path)
    assert file.read_text(encoding="utf-8") == PAGE.format("", "<table></table>")


@pytest.mark.parametrize(("scripts", "body"), [(SCRIPTS, "<script>require(['x'])</script>"), ("", "<p>cdnjs</p>")])
def test_other_pages_stay_as_they_are(tmp_path: Path, scripts: str, body: str) -> None:
    file = tmp_path / "page.html"
    file.write_text(PAGE.format(scripts, body), encoding="utf-8")
    remove_widget_scripts(tmp_path)
    assert file.read_text(encoding="utf-8") == PAGE.format(scripts, body)


@pytest.mark.parametrize(
    ("script", "told"),
    [
        (
            '<div id="x" class="plotly-graph-div"></div><script type="text/javascript">Plotly.newPlot()</script>',
            "kaleido",
        ),
        ("<style></style><SCRIPT>vegaEmbed('#x')</script>", "vl-convert-python"),
        ("<script>\nbokeh()</script>", "bokeh.io.export_svg"),
        ("<script type='module'>draw()</script>", "a picture, such as Matplotlib's"),
    ],
)
def test_an_output_that_draws_itself_is_told_how_to_be_a_picture(tmp_path: Path, script: str, told: str) -> None:
    cell = f"```{{python}}\n1\n```\n\n```{{python}}\nfrom IPython.display import HTML\nHTML({script!r})\n```\n"
    error = fail_to_render(tmp_path, {"page.qmd": cell})
    assert str(error).startswith("page.qmd:6: the output draws itself with an inline script")
    assert told in str(error)


@pytest.mark.parametrize(
    "html",
    [
        '<table><td>script</td></table><script type="application/json">{}</script>',
        '<script src="own.js"></script>',
        "<p>&lt;script&gt;</p>",
    ],
)
def test_data_and_scripts_of_their_own_files_are_no_widgets(html: str) -> None:
    assert describe_widget(html) == ""
