"""The explorer is accessible: by keyboard, by screen reader, in light and dark, and on paper."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.accessibility import find_violations
from tests.browser.explorer import ALL, headings, open_facet, query, search, shown


def test_everything_can_be_done_from_the_keyboard(explore) -> None:
    page = explore()
    page.get_by_role("searchbox").focus()
    for name in ("Sort", "Group"):
        page.keyboard.press("Tab")
        expect(page.get_by_label(name)).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.get_by_role("checkbox", name="2024")).to_be_focused()
    page.keyboard.press("Space")
    assert shown(page) == ["zebra", "counting"]
    page.keyboard.press("Escape")
    expect(page.locator("#facet-year")).to_be_hidden()
    expect(page.locator("[aria-controls=facet-year]")).to_be_focused()
    assert shown(page) == ["zebra", "counting"]
    page.keyboard.press("Escape")
    assert shown(page) == ALL


def test_escape_clears_search_and_facets_and_keeps_the_order(explore) -> None:
    page = explore("?year=2024&sort=title")
    search(page, "zebra")
    page.get_by_role("searchbox").press("Escape")
    assert len(shown(page)) == 6
    expect(page.get_by_role("searchbox")).to_have_value("")
    assert query(page) == {"sort": ["title"]}


def test_without_matches_it_says_so_and_offers_to_clear(explore) -> None:
    page = explore()
    nothing = page.get_by_text("No publications match.")
    expect(nothing).to_be_hidden()
    search(page, "xyzzy")
    assert shown(page) == []
    assert headings(page) == []
    expect(nothing).to_be_visible()
    expect(page.get_by_role("status")).to_have_text("0 of 6 publications")
    page.get_by_role("button", name="Clear search and filters").click()
    assert shown(page) == ALL
    expect(nothing).to_be_hidden()
    expect(page.get_by_role("searchbox")).to_be_focused()


def test_the_number_of_matches_is_announced_politely(explore) -> None:
    status = explore().get_by_role("status")
    assert status.count() == 1
    assert status.get_attribute("aria-live") in {None, "polite"}  # polite is the role's own


@pytest.mark.parametrize("state", ["filtered", "empty", "opened"])
def test_axe_finds_nothing_with_any_control_open(explore, state: str) -> None:
    queries = {"filtered": "?year=2024&type=article-journal", "empty": "?q=xyzzy", "opened": "?group=type"}
    page = explore(queries[state], reduced_motion="reduce")
    open_facet(page, "Year")
    if state == "opened":
        for summary in page.locator("summary").filter(visible=True).all():
            summary.click()
        page.evaluate("scrollTo(0, 0)")  # what the menu covers by chance can be scrolled from under it
    # No color depends on the width.
    for scheme, width in (("light", 320), ("dark", 1280)):
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 900})
        assert find_violations(page) == [], scheme
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_filtered_list_is_printed_as_it_is_shown_without_controls(explore) -> None:
    page = explore("?year=2024")
    page.emulate_media(media="print")
    assert shown(page) == ["zebra", "counting"]
    assert not page.locator(".explorer-tools").is_visible()
    assert find_violations(page) == []


def test_the_page_does_not_jump_when_the_controls_appear(chromium: Browser, serve: Callable[[str], str]) -> None:
    for width in (320, 1280):
        page = chromium.new_page(viewport={"width": width, "height": 900})
        page.add_init_script(
            "window.shift = 0; new PerformanceObserver((list) => { for (const entry of list.getEntries())"
            " shift += entry.value; }).observe({ type: 'layout-shift', buffered: true });"
        )
        page.goto(f"{serve('papers')}/publications.html")
        expect(page.get_by_role("searchbox")).to_be_visible()
        page.wait_for_timeout(300)
        assert page.evaluate("shift") < 0.02
        page.close()
