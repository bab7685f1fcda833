"""The language switch, as readers use it."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.accessibility import check_sizes_and_schemes

WIDTHS = (320, 480, 900, 1440)

Visit = Callable[..., Page]


def test_the_switch_fits_every_width_and_axe_finds_nothing(visit: Visit) -> None:
    page = visit("bilingual", "de/index.html", reduced_motion="reduce")
    check_sizes_and_schemes(page, WIDTHS)


def test_the_keyboard_reaches_it_and_it_leads_to_the_same_page_and_back(visit: Visit) -> None:
    page = visit("bilingual", "cv.html")
    for language, path in (("de", "/de/cv.html"), ("en", "/cv.html")):
        page.locator(f".languages a[lang={language}]").focus()
        page.keyboard.press("Enter")
        page.wait_for_url(f"**{path}")
        expect(page.locator("html")).to_have_attribute("lang", language)


def test_paper_has_no_switch(visit: Visit) -> None:
    page = visit("bilingual", "cv.html")
    page.emulate_media(media="print")
    expect(page.locator(".languages")).to_be_hidden()
