"""Behavior of every page: themes, the keyboard, reduced motion, and weight budgets."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from benchmarks.weight import weigh_page
from octavo.listings.pictures import figure

OUTLINE = """() => {
  const style = getComputedStyle(document.activeElement);
  return [document.activeElement.outerHTML.slice(0, 80), style.outlineStyle, parseFloat(style.outlineWidth)];
}"""


def background(page: Page) -> str:
    return str(page.evaluate("getComputedStyle(document.documentElement).backgroundColor"))


def test_the_theme_is_the_readers_until_they_switch_it(visit: Callable[..., Page]) -> None:
    page = visit("homepage", "index.html", color_scheme="dark")
    dark = background(page)
    page.emulate_media(color_scheme="light")
    assert background(page) != dark


def test_the_switch_is_remembered_on_every_page(visit: Callable[..., Page]) -> None:
    page = visit("homepage", "index.html", color_scheme="light")
    light = background(page)
    switch = page.get_by_role("button", name="Dark theme")
    switch.click()
    dark = background(page)
    assert dark != light
    page.reload()
    assert background(page) == dark
    page.get_by_role("link", name="News", exact=True).click()
    page.wait_for_url("**/news.html")
    assert background(page) == dark
    page.get_by_role("button", name="Light theme").click()
    assert background(page) == light


def test_the_switch_works_without_storage(visit: Callable[..., Page]) -> None:
    page = visit("homepage", "index.html")
    page.add_init_script("Object.defineProperty(window, 'localStorage', { get() { throw new Error('no') } })")
    page.reload()
    before = background(page)
    page.get_by_role("button", name="Dark theme").click()
    assert background(page) != before


def test_without_scripts_no_switch_is_shown(visit: Callable[..., Page]) -> None:
    page = visit("homepage", "index.html", java_script_enabled=False)
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator(".theme-switch")).to_be_hidden()


def test_the_first_tab_stop_skips_the_header(visit: Callable[..., Page]) -> None:
    page = visit("homepage", "index.html")
    link = page.get_by_role("link", name="Skip to content")
    page.keyboard.press("Tab")
    expect(link).to_be_focused()
    assert link.bounding_box()["height"] > 20  # type: ignore[index]
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


@pytest.mark.parametrize("path", ["index.html", "publications.html"])
def test_the_keyboard_focus_is_always_visible(visit: Callable[..., Page], path: str) -> None:
    page = visit("papers", path)
    seen = set()
    for _ in range(40):
        page.keyboard.press("Tab")
        element, style, width = page.evaluate(OUTLINE)
        if element.startswith("<body"):  # after the last link, focus moves to the browser's own controls
            break
        seen.add(element)
        assert style != "none", element
        assert width >= 2 or style == "auto", element
    assert len(seen) > 5


@pytest.mark.parametrize(("motion", "moves"), [("reduce", False), ("no-preference", True)])
def test_nothing_moves_with_reduced_motion(visit: Callable[..., Page], motion: str, moves: bool) -> None:
    page = visit("homepage", "index.html", reduced_motion=motion)
    duration = page.evaluate("getComputedStyle(document.querySelector('a')).transitionDuration")
    assert any(part != "0s" for part in duration.split(", ")) == moves
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"


RECORD_FILM = """() => new Promise((done) => {
  const canvas = document.createElement("canvas");
  const recorder = new MediaRecorder(canvas.captureStream(), { mimeType: "video/webm" });
  const draw = setInterval(() => canvas.getContext("2d").fillRect(0, 0, Math.random() * 300, 150), 40);
  recorder.ondataavailable = async ({ data }) => done([...new Uint8Array(await data.arrayBuffer())]);
  recorder.start();
  setTimeout(() => { clearInterval(draw); recorder.stop(); }, 600);
})"""


@pytest.mark.parametrize(("motion", "plays"), [("reduce", False), ("no-preference", True)])
def test_a_film_plays_muted_and_in_a_loop_unless_motion_is_reduced(
    visit: Callable[..., Page], motion: str, plays: bool
) -> None:
    page = visit("homepage", "404.html", reduced_motion=motion)
    film = bytes(page.evaluate(RECORD_FILM))

    def add_film(route: Route) -> None:
        answer = route.fetch()
        shown = figure(None, "A bar that grows", "assets/film.webm")
        route.fulfill(response=answer, body=answer.text().replace("</main>", f"{shown}</main>"))

    page.route("**/404.html", add_film)
    page.route("**/film.webm", lambda route: route.fulfill(body=film, content_type="video/webm"))
    page.reload()
    if plays:
        expect(page.locator("video")).not_to_have_js_property("currentTime", 0)
    paused, muted, loop = page.locator("video").evaluate("film => [film.paused, film.muted, film.loop]")
    assert (paused, muted, loop) == (not plays, True, True)


@pytest.mark.parametrize(
    "first",
    [
        '<iframe title="A" width="560" height="315"></iframe>',
        '<div class="video"><iframe title="A" width="560" height="315"></iframe></div>',
        '<p><img src="assets/favicon.svg" width="560" height="315"></p>',
        '<div class="cell"><p class="drawing"><img src="assets/favicon.svg" width="560" height="315"></p></div>',
    ],
)
def test_a_section_that_begins_with_a_frame_or_a_picture_fits_and_has_its_heading_at_the_top(
    visit: Callable[..., Page], first: str
) -> None:
    page = visit("homepage", "cv.html")
    page.evaluate(f"document.querySelector('main section.level2 h2').insertAdjacentHTML('afterend', `{first}`)")
    heading, element = (page.locator(f"main section.level2 >> nth=0 >> {each}") for each in ("h2", "h2 + *"))
    box, below = heading.bounding_box(), element.bounding_box()
    assert box
    assert below
    assert box["y"] < below["y"] + 20
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_pages_fit_at_twice_the_text_size(visit: Callable[..., Page]) -> None:
    page = visit("papers", "publications.html", viewport={"width": 640, "height": 450})
    page.evaluate("document.documentElement.style.fontSize = '212.5%'")
    assert page.evaluate("document.documentElement.scrollWidth") <= 640


@pytest.mark.parametrize(
    ("site", "packed", "requests"), [("homepage", 15_000, 4), ("noether", 50_000, 6), ("example", 50_000, 6)]
)
def test_the_home_page_is_light_with_and_without_a_photo(
    chromium: Browser, build: Callable[[str], Path], site: str, packed: int, requests: int
) -> None:
    weight = weigh_page(chromium, build(site), "index.html")
    assert weight.packed <= packed
    assert weight.requests <= requests


@pytest.mark.parametrize("site", ["example", "branded"])
@pytest.mark.parametrize(("width", "height"), [(1280, 800), (320, 640)])
def test_six_requests_are_enough_with_pictures_beside_papers_a_logo_and_a_font(
    chromium: Browser, build: Callable[[str], Path], site: str, width: int, height: int
) -> None:
    assert weigh_page(chromium, build(site), "index.html", width=width, height=height).requests <= 6


def test_a_missing_page_shows_the_404_page_of_the_site(chromium: Browser, serve: Callable[[str], str]) -> None:
    page = chromium.new_page()
    answer = page.goto(f"{serve('homepage')}/nowhere.html")
    assert answer is not None
    assert answer.status == 404
    expect(page.locator("h1")).to_have_text("This page isn’t here")
    page.close()
