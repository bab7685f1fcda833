"""The interface in another language, where scripts write it."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.accessibility import find_violations
from tests.browser.explorer import open_facet, search

Visit = Callable[..., Page]


def test_the_explorer_counts_in_arabic_plurals(visit: Visit) -> None:
    page = visit("arabic", "publications.html")
    status = page.locator(".found [role=status]")
    expect(status).to_have_text("6 منشورات")
    search(page, "zebra")
    expect(status).to_have_text("1 من 6 منشورات")
    expect(page.locator("button.save")).to_have_text("هذا المنشور بصيغة BibTeX")
    search(page, "nothing like it")
    expect(page.locator(".nothing")).to_contain_text("لا توجد منشورات مطابقة.")
    search(page, "")
    open_facet(page, "السنة")
    assert find_violations(page) == []


def test_the_switch_of_themes_and_the_copy_button_speak_arabic(visit: Visit) -> None:
    page = visit("arabic", "publications.html", color_scheme="light")
    switch = page.locator(".theme-switch")
    expect(switch).to_have_text("داكن")
    expect(switch).to_have_attribute("aria-label", "مظهر داكن")
    switch.click()
    expect(switch).to_have_text("فاتح")
    page.locator("summary", has_text="BibTeX").first.click()
    copy = page.locator(".copy").filter(visible=True).first
    expect(copy).to_have_text("نسخ")
    copy.click()
    expect(copy).to_have_text("نُسخ")
