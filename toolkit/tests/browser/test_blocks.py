"""Pages with every kind of block, which must be accessible."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.accessibility import find_violations

PAGES = ["callouts", "code", "layouts", "proofs", "references", "tables", "title", "widths"]


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(visit: Callable[..., Page], name: str) -> None:
    page = visit("subset_blocks", f"{name}.html")
    for scheme, width in (("light", 1280), ("dark", 320)):
        # Without motion, colors change at once.
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
        page.set_viewport_size({"width": width, "height": 640})
        assert find_violations(page) == [], scheme
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), width


def test_code_has_a_button_that_copies_it_without_line_numbers(visit: Callable[..., Page]) -> None:
    page = visit("subset_blocks", "code.html", permissions=["clipboard-read", "clipboard-write"])
    button = page.locator("div.sourceCode > .copy").first
    button.click()
    expect(button).to_have_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()") == "x = 1  # ①\ny = [2, 3]  # ②\nz = 3"


def test_categories_in_a_table_of_pages_begin_on_the_line_of_their_row(visit: Callable[..., Page]) -> None:
    page = visit("blog", "tiles.html")
    tops = page.evaluate(
        """() => [...document.querySelectorAll("table.pages tbody tr")].map(row => [...row.cells]
          .filter(cell => cell.textContent).map(cell => {
            const range = document.createRange()
            range.selectNodeContents(document.createTreeWalker(cell, NodeFilter.SHOW_TEXT).nextNode())
            return range.getClientRects()[0].top
          }))"""
    )
    assert [len(row) for row in tops] == [4, 4, 4]
    assert all(max(row) - min(row) < 1 for row in tops)


def test_words_in_wide_tables_are_not_broken(visit: Callable[..., Page]) -> None:
    page = visit("subset_blocks", "widths.html", viewport={"width": 1280, "height": 800})
    lines = page.evaluate(
        """() => {
          const range = document.createRange()
          const cell = [...document.querySelectorAll("td")].find(cell => cell.textContent.startsWith("Introduction"))
          range.setStart(cell.firstChild, 0)
          range.setEnd(cell.firstChild, "Introduction".length)
          return range.getClientRects().length
        }"""
    )
    assert lines == 1
