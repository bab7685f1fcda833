"""Interactive charts under the strict policy."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from octavo.drawings import pages
from tests.browser.browsers import MILLISECONDS
from tests.browser.server import STRICTEST, serve_site
from tests.browser.watching import Watch

# What Plotly does and the policy would block: add a style sheet and an inline style.
LIBRARY = """\
window.Plotly = { newPlot(place, data) {
  const style = document.createElement("style");
  document.head.append(style);
  style.sheet.insertRule(".point { color: rgb(1, 2, 3) }", 0);
  place.innerHTML = '<p class="point"></p>';
  place.firstChild.setAttribute("style", "width: 40px");
  place.firstChild.textContent = data[0].name;
} };
"""
PAGE = """\
<!DOCTYPE html><html lang="en"><head><title>x</title><link rel="icon" href="data:,">
<script type="module" src="interactive.js"></script></head><body>
<div class="widget"><p class="drawing">Picture</p><button type="button" class="draw-chart" hidden
data-library="Plotly" data-script="plotly.js" data-chart="chart.json">Interactive chart</button></div></body></html>
"""


@pytest.fixture
def page(tmp_path: Path, chromium: Browser) -> Iterator[Page]:
    """A page with one chart; the test fails if it breaks the policy or writes a line to the console."""
    script = (Path(pages.__file__).parent / "interactive.js").read_text(encoding="utf-8")
    chart = '{"data": [{"name": "squares"}]}'
    files = {"index.html": PAGE, "interactive.js": script, "plotly.js": LIBRARY, "chart.json": chart}
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    with serve_site(tmp_path, STRICTEST, "") as address:
        opened = chromium.new_page()
        opened.set_default_timeout(MILLISECONDS)
        watch = Watch(opened, address)
        opened.goto(f"{address}/index.html")
        yield opened
        assert not watch.find_problems()
        opened.close()


def test_the_library_is_loaded_and_the_chart_drawn_when_a_reader_asks(page: Page) -> None:
    assert page.evaluate("typeof Plotly") == "undefined"
    page.get_by_role("button", name="Interactive chart").click()
    point = page.locator(".point")
    expect(point).to_have_text("squares")
    expect(point).to_have_css("color", "rgb(1, 2, 3)")
    expect(point).to_have_css("width", "40px")
    assert page.locator(".drawing, button").count() == 0
    assert page.evaluate("document.activeElement.className") == "drawn"


def test_a_chart_that_cannot_be_loaded_leaves_its_picture(page: Page) -> None:
    page.route("**/chart.json", lambda route: route.fulfill(body="{"))
    button = page.get_by_role("button", name="Interactive chart")
    button.click()
    expect(button).to_be_enabled()
    assert page.locator(".drawing").count() == 1
