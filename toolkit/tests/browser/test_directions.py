"""Right-to-left pages are mirror images of left-to-right ones."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page

from tests.browser.accessibility import check_sizes_and_schemes, find_violations

WIDTHS = (320, 768, 1280, 1920)
ARABIC = ("subset_blocks", "arabic.html")
# Rows without interface words, so that positions don't depend on the language.
PARTS = ".site-header a, .portrait, .thumbnail, h2, h3 > a, .listing > li"
PAGES = ("index.html", "publications.html", "news.html")
FIND_SPANS = """parts => [...document.querySelectorAll(parts)].map((part) => {
  const { left, right } = part.getBoundingClientRect();
  return [left, right];
})"""

Visit = Callable[..., Page]


def find_span(locator: Locator) -> tuple[float, float]:
    """The element's left and right edges, from the window's left edge."""
    box = locator.first.bounding_box()
    assert box
    return box["x"], box["x"] + box["width"]


def find_style(locator: Locator, name: str) -> str:
    return str(locator.first.evaluate("(element, name) => getComputedStyle(element)[name]", name))


def test_an_arabic_page_runs_from_right_to_left_and_axe_finds_nothing(visit: Visit) -> None:
    page = visit(*ARABIC, reduced_motion="reduce")
    assert page.locator("html").get_attribute("dir") == "rtl"
    check_sizes_and_schemes(page, WIDTHS)
    page.emulate_media(media="print")
    assert find_violations(page, on_paper=True) == []


def test_headings_and_notes_are_in_the_opposite_margins(visit: Visit) -> None:
    page = visit(*ARABIC, viewport={"width": 1440, "height": 900})
    text, heading, note = (find_span(page.locator(each)) for each in ("section p", "section h2", ".margin-note"))
    assert heading[0] > text[1]
    assert note[1] < text[0]
    # Read from the right, the header has the site's name first and the switch last.
    assert find_span(page.locator(".site-title"))[0] > find_span(page.locator(".theme-switch"))[1]


def test_code_and_formulas_run_from_left_to_right(visit: Visit) -> None:
    page = visit(*ARABIC)
    for part in ("pre", "p code", "math", "div.sourceCode"):
        assert find_style(page.locator(part), "direction") == "ltr", part
    # The button stands where short lines have no text.
    code = find_span(page.locator("div.sourceCode"))
    assert abs(find_span(page.locator("div.sourceCode > .copy"))[1] - code[1]) < 16


@pytest.mark.parametrize("name", PAGES)
def test_listings_are_mirrored_without_a_scrollbar(visit: Visit, name: str) -> None:
    page = visit("example", name)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        spans = {}
        for direction in ("ltr", "rtl"):
            page.evaluate("direction => document.documentElement.dir = direction", direction)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (width, direction)
            spans[direction] = page.evaluate(FIND_SPANS, PARTS)
        window = page.evaluate("document.documentElement.clientWidth")
        mirrored = [(window - end, window - start) for start, end in spans["rtl"]]
        assert mirrored == [pytest.approx(span, abs=2) for span in spans["ltr"]], width
