"""The menu stays in view and covers nothing, and the first screen fits every width."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.processes import wait_until

# Narrow; a tablet; a desktop, and the same at 200 % zoom.
SCREENS = [(320, 640), (768, 1024), (1280, 800), (640, 400)]
by_screen = pytest.mark.parametrize("screen", SCREENS, ids=str)


def open_page(visit: Callable[..., Page], path: str, screen: tuple[int, int]) -> Page:
    return visit("homepage", path, viewport={"width": screen[0], "height": screen[1]})


def wait_for(page: Page, condition: str) -> None:
    """Wait until JavaScript's condition holds; Playwright's own waiting evaluates texts, which the policy forbids."""
    wait_until(lambda: page.evaluate(condition), lambda: f"never: {condition}")


@by_screen
def test_the_menu_is_in_view_at_the_end_of_a_page(visit: Callable[..., Page], screen: tuple[int, int]) -> None:
    page = open_page(visit, "index.html", screen)
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    for item in page.locator(".site-header li a").all():
        box = item.bounding_box()
        assert box
        assert 0 <= box["y"] < 100
    height = page.evaluate("document.querySelector('.site-header').getBoundingClientRect().bottom")
    assert height <= screen[1] / 4


@by_screen
def test_the_menu_covers_no_link_target(visit: Callable[..., Page], screen: tuple[int, int]) -> None:
    page = open_page(visit, "index.html#experience", screen)
    bottom = page.evaluate("document.querySelector('.site-header').getBoundingClientRect().bottom")
    heading = page.locator("#experience h2").bounding_box()
    assert heading
    assert bottom <= heading["y"] <= screen[1] / 2


def test_the_menu_never_covers_the_focus(visit: Callable[..., Page]) -> None:
    page = open_page(visit, "index.html", (320, 640))
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    for _ in range(12):
        page.keyboard.press("Shift+Tab")
        focus = page.evaluate("document.activeElement.getBoundingClientRect().top")
        inside = page.evaluate("document.activeElement.closest('.site-header') !== null")
        bottom = page.evaluate("document.querySelector('.site-header').getBoundingClientRect().bottom")
        assert inside or focus >= bottom


def test_a_short_screen_is_left_to_the_text(visit: Callable[..., Page]) -> None:
    page = open_page(visit, "index.html", (320, 256))
    page.evaluate("scrollTo(0, 800)")
    assert page.evaluate("document.querySelector('.site-header').getBoundingClientRect().bottom") < 0


def test_the_link_back_leads_to_the_top(visit: Callable[..., Page]) -> None:
    page = open_page(visit, "index.html", (1280, 800))
    page.get_by_role("link", name="Back to top").click()
    wait_for(page, "scrollY === 0")


@by_screen
def test_the_photo_stands_beside_or_below_the_name_and_nothing_overlaps(
    visit: Callable[..., Page], screen: tuple[int, int]
) -> None:
    page = visit("noether", "index.html", viewport={"width": screen[0], "height": screen[1]})
    boxes = [page.locator(name).bounding_box() for name in (".portrait", "h1", ".facts")]
    photo, name, facts = (box for box in boxes if box)
    assert not overlap(photo, name)
    assert not overlap(photo, facts)
    assert not overlap(name, facts)
    assert photo["y"] + photo["height"] <= 480
    assert abs(photo["width"] * 5 / 4 - photo["height"]) < 2
    assert page.evaluate("document.querySelector('.portrait').naturalWidth") > 0
    assert page.evaluate("document.querySelector('.portrait').currentSrc").endswith(".avif")


def test_browsers_without_avif_show_the_photo_at_the_same_size(visit: Callable[..., Page]) -> None:
    page = visit("noether", "index.html")
    page.evaluate("document.querySelector('source').remove()")
    wait_for(page, "document.querySelector('.portrait').currentSrc.endsWith('.jpg')")
    box = page.locator(".portrait").bounding_box()
    assert box
    assert (box["width"], box["height"]) == (160, 200)


def overlap(one: dict[str, float], other: dict[str, float]) -> bool:
    return all(
        one[start] < other[start] + other[size] and other[start] < one[start] + one[size]
        for start, size in (("x", "width"), ("y", "height"))
    )


def test_icons_have_the_color_of_their_text_and_do_not_change_the_name_of_the_link(visit: Callable[..., Page]) -> None:
    page = open_page(visit, "index.html", (1280, 800))
    link = page.locator('.facts [data-icon="github"]')
    style = link.evaluate("node => getComputedStyle(node, '::before').backgroundColor")
    assert style == link.evaluate("node => getComputedStyle(node).color")
    assert link.evaluate("node => getComputedStyle(node, '::before').clipPath").startswith("path(")
    assert page.get_by_role("link", name="GitHub", exact=True).count() == 1


@pytest.mark.parametrize(
    ("site", "path", "width", "is_beside"),
    [
        ("docs", "tasks/papers.html", 1160, True),
        ("docs", "tasks/papers.html", 1140, False),
        ("docs", "tasks/papers.html", 320, False),
        ("subset_blocks", "proofs.html", 1380, True),
        ("subset_blocks", "proofs.html", 1280, False),
    ],
)
def test_the_sidebar_is_beside_the_text_if_there_is_room_and_else_below_it(
    visit: Callable[..., Page], site: str, path: str, width: int, is_beside: bool
) -> None:
    """Both in one column, as in the docs, and with headings in the margin."""
    page = visit(site, path, viewport={"width": width, "height": 800})
    side, title, end = (page.locator(part).last.bounding_box() for part in (".side", "h1", "main > :not(.side)"))
    assert side
    assert title
    assert end
    assert side["x"] >= 0
    assert (side["x"] + side["width"] <= title["x"] and side["y"] < title["y"]) == is_beside
    assert (side["y"] >= end["y"] + end["height"]) != is_beside
    if is_beside:
        page.evaluate("scrollTo(0, document.body.scrollHeight)")
        assert page.locator(".side").bounding_box() == side


@pytest.mark.parametrize("width", [320, 1280])
def test_footnotes_are_in_the_column_of_the_text(visit: Callable[..., Page], width: int) -> None:
    page = visit("blog", "posts/2024-05-rings/index.html", viewport={"width": width, "height": 800})
    text, notes = (page.locator(part).first.bounding_box() for part in ("main > p", ".footnotes"))
    assert text
    assert notes
    assert (notes["x"], notes["width"]) == (text["x"], text["width"])


@pytest.mark.parametrize("width", [320, 1280])
def test_sections_that_begin_at_the_third_level_are_in_the_column_of_the_text(
    visit: Callable[..., Page], width: int
) -> None:
    page = visit("subset_blocks", "plain.html", viewport={"width": width, "height": 800})
    text, section = (page.locator(part).first.bounding_box() for part in ("main > p", "section.level3 > p"))
    assert text
    assert section
    assert (section["x"], section["width"]) == (text["x"], text["width"])


@pytest.mark.parametrize(("width", "is_beside"), [(1400, True), (320, False)])
def test_wide_blocks_and_notes_use_the_margins_if_there_are_any(
    visit: Callable[..., Page], width: int, is_beside: bool
) -> None:
    page = visit("subset_blocks", "layouts.html", viewport={"width": width, "height": 800})
    section = page.locator("#in-other-columns")
    text, wide, note = (section.locator(part).bounding_box() for part in ("p >> nth=0", ".wide", ".margin-note"))
    assert text
    assert wide
    assert note
    assert (wide["x"] < text["x"]) == is_beside
    assert wide["x"] + wide["width"] == text["x"] + text["width"]
    assert (note["x"] > text["x"] + text["width"]) == is_beside
    assert (note["y"] < wide["y"] + wide["height"]) == is_beside
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
