"""Every page: narrow and wide, light and dark, on screen and on paper."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.accessibility import find_violations

PAGES = ("index", "publications", "news", "cv", "papers")
WIDTHS = (320, 768, 1024, 1280)


@pytest.fixture(
    params=[
        # Noether's pages are seen in every palette by `test_looks`.
        *((site, page) for site in ("homepage", "example", "hostile") for page in PAGES),
        ("homepage", "404"),
        *(("example", page) for page in ("search", "posts/index", "posts/where-the-papers-come-from")),
        *(("example", f"ar/{page}") for page in ("index", "publications", "publications/moduln-1920", "search")),
        ("example", "de/index"),
        *(("docs", page) for page in ("tasks/papers", "reference/messages")),
        *(("blog", page) for page in ("index", "tiles", "posts/index", "posts/chains", "posts/categories/ideals")),
    ],
    ids="-".join,
)
def pages(request: pytest.FixtureRequest, build: Callable[[str], Path], visit: Callable[..., Page]) -> list[Page]:
    """One page of one site; `papers` are the first two papers' own pages."""
    site, name = request.param
    if name != "papers":
        return [visit(site, f"{name}.html")]
    papers = sorted(path.name for path in (build(site) / "publications").glob("*.html"))
    assert papers
    return [visit(site, f"publications/{paper}") for paper in papers[:2]]


def test_nothing_scrolls_sideways_axe_finds_nothing_and_on_paper_the_text_stands_alone(pages: list[Page]) -> None:
    for page in pages:
        page.bring_to_front()  # a hidden page isn't notified of changes of its size
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, page.url
        # No color depends on the width, so each width is seen in one scheme.
        for scheme, width in (("light", 320), ("dark", 1280)):
            # Without motion, colors change at once.
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
            page.set_viewport_size({"width": width, "height": 900})
            assert find_violations(page) == [], f"{page.url} at {width} in {scheme}"
        assert_paper_is_plain(page)


def assert_paper_is_plain(page: Page) -> None:
    page.emulate_media(media="print", color_scheme="dark")
    assert page.locator("h1").is_visible()
    for selector in (".site-header ul", ".site-footer", "button", "input", "select"):
        assert not page.locator(selector).filter(visible=True).count(), f"{selector} on {page.url}"
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(255, 255, 255)"
    assert find_violations(page, on_paper=True) == [], page.url


def test_a_picture_beside_an_entry_is_small_and_one_above_it_has_no_text_beside_it(visit: Callable[..., Page]) -> None:
    page = visit("example", "publications.html")
    entry = page.locator(".publication.pictured").first
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        picture, title = (entry.locator(part).bounding_box() for part in (".thumbnail", "h3"))
        assert picture
        assert title
        assert picture["width"] == 120
        assert title["x"] >= picture["x"] + 120 or title["y"] >= picture["y"] + picture["height"], width


def test_on_paper_colors_change_at_once(visit: Callable[..., Page]) -> None:
    page = visit("homepage", "index.html", reduced_motion="no-preference")
    link = page.locator("main a").first
    expect(link).not_to_have_css("transition-duration", "0s")
    page.emulate_media(media="print")
    expect(link).to_have_css("transition-duration", "0s")


def test_on_paper_addresses_follow_links_but_not_names_of_authors(visit: Callable[..., Page]) -> None:
    page = visit("example", "publications/brauer-hasse-noether.html")
    page.emulate_media(media="print")
    after = "link => getComputedStyle(link, '::after').content"
    assert page.locator("main .authors a").first.evaluate(after) == "none"
    assert "doi.org" in page.locator("main a[href*='doi.org']").first.evaluate(after)


@pytest.mark.parametrize(("path", "named"), [("cv.html", True), ("index.html", False)])
def test_a_printed_page_names_its_owner_once(visit: Callable[..., Page], path: str, named: bool) -> None:
    page = visit("example", path)
    page.emulate_media(media="print")
    assert page.locator(".site-title").is_visible() == named
    assert page.locator(".site-title, h1").filter(has_text="Emmy Noether", visible=True).count() == 1


def test_a_formula_wider_than_its_line_scrolls(visit: Callable[..., Page]) -> None:
    page = visit("hostile", "publications.html", viewport={"width": 320, "height": 900})
    formula = page.locator("#publications-wide-formula h3 math")
    assert formula.evaluate("math => math.scrollWidth > math.clientWidth")
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    expect(formula).to_have_attribute("tabindex", "0")
    assert find_violations(page) == []
    page.set_viewport_size({"width": 1280, "height": 900})
    expect(formula).not_to_have_attribute("tabindex", "0")


@pytest.mark.parametrize(("scheme", "ground"), [("light", "rgba(0, 0, 0, 0)"), ("dark", "rgb(255, 255, 255)")])
def test_a_plot_with_a_transparent_background_is_readable_in_the_dark(
    visit: Callable[..., Page], scheme: str, ground: str
) -> None:
    page = visit("example", "projects/ideals.html", color_scheme=scheme)
    for picture in (".picture img", ".thumbnail >> nth=0"):
        expect(page.locator(picture)).to_have_css("background-color", ground)


def test_bibtex_runs_from_left_to_right_on_pages_of_any_direction(visit: Callable[..., Page]) -> None:
    page = visit("noether", "publications/brauer-hasse-noether.html")
    page.evaluate("document.documentElement.dir = 'rtl'")
    expect(page.locator(".bibtex pre")).to_have_css("direction", "ltr")


def test_the_switch_stays_beside_a_long_name(visit: Callable[..., Page]) -> None:
    page = visit("noether", "index.html")
    title, switch = page.locator(".site-title"), page.locator(".theme-switch")
    title.evaluate("title => { title.textContent = 'Anna-Katharina Schmidt de la Fuente y Ruiz-Gallardón-Mühlenkamp' }")
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        boxes = [part.bounding_box() for part in (title, switch)]
        assert boxes[0]
        assert boxes[1]
        assert boxes[1]["x"] >= boxes[0]["x"] + boxes[0]["width"], width
        assert boxes[1]["y"] < boxes[0]["y"] + boxes[0]["height"], width


def test_the_year_follows_a_venue_in_the_other_direction(visit: Callable[..., Page]) -> None:
    page = visit("hostile", "publications.html")
    venue, year = page.locator("#publications-directions .venue").evaluate(
        """line => {
          const range = document.createRange();
          range.selectNode(line.querySelector("bdi:has(cite)").nextSibling);
          return [line.querySelector("cite").getBoundingClientRect().right, range.getBoundingClientRect().left];
        }"""
    )
    assert venue <= year


@pytest.mark.parametrize("width", [320, 1280])
def test_rows_that_a_browser_skips_overlap_no_others(visit: Callable[..., Page], width: int) -> None:
    page = visit("many", "publications.html", viewport={"width": width, "height": 900})
    page.locator(".explorer form:not([hidden])").wait_for()
    below = "list => list.lastElementChild.getBoundingClientRect().bottom - list.getBoundingClientRect().bottom"
    assert max(page.evaluate(f"[...document.querySelectorAll('.listing')].map({below})")) < 1


def test_no_number_in_the_chart_is_clipped_in_a_wide_font(visit: Callable[..., Page]) -> None:
    page = visit("many", "publications.html", viewport={"width": 320, "height": 900})
    page.evaluate("document.querySelector('.chart').style.letterSpacing = '0.12em'")
    cut = page.locator(".chart svg").evaluate(
        """svg => [...svg.querySelectorAll("text")].filter((text) => {
          const { left, right } = text.getBoundingClientRect();
          const { left: first, right: last } = svg.getBoundingClientRect();
          const isClipped = getComputedStyle(svg).overflowX !== "visible" && (left < first || right > last);
          return isClipped || left < 0 || right > innerWidth;
        }).map((text) => text.textContent)"""
    )
    assert cut == []


def test_the_picture_of_a_post_covers_no_text(visit: Callable[..., Page]) -> None:
    page = visit("example", "posts/index.html")
    entry = page.locator(".pages > .pictured").first
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        picture, title = (entry.locator(part).bounding_box() for part in (".thumbnail", "h2 > a"))
        assert picture
        assert title
        beside = title["x"] + title["width"] <= picture["x"]
        below = picture["y"] + picture["height"] <= title["y"]
        assert beside or below, width
