"""The scripts that Quarto adds for a cell's HTML."""

from __future__ import annotations

from pathlib import Path

import pytest

from octavo.renderer.widgets import remove_widget_scripts

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
