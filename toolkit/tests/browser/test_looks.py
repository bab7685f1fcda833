"""Every palette and every layout: at every width, in light and dark, and on paper."""

from __future__ import annotations

from collections.abc import Callable
from itertools import cycle
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route

from octavo.theme.palettes import LAYOUTS, PALETTES
from octavo.theme.stylesheet import replace_theme
from octavo.theme.theme import make_theme
from tests.browser.accessibility import find_violations
from tests.sites import ROOT

STYLES = ROOT / "_extensions/octavo/octavo.css"
WIDTHS = (320, 768, 1280)

Visit = Callable[..., Page]


# No color depends on the layout, so each palette is seen in one.
@pytest.fixture(params=zip(PALETTES, cycle(LAYOUTS), strict=False), ids="-".join)
def page(request: pytest.FixtureRequest, visit: Visit) -> Page:
    """The home page of one site in one palette and layout."""
    palette, layout = request.param
    css = replace_theme(STYLES.read_text(encoding="utf-8"), make_theme(PALETTES[palette]))

    def serve_styles(route: Route) -> None:
        route.fulfill(body=css, content_type="text/css")

    # Without motion, colors change at once.
    page = visit("noether", "index.html", reduced_motion="reduce")
    page.route("**/octavo.css", serve_styles)
    page.reload()
    page.evaluate("layout => document.documentElement.dataset.layout = layout", layout)
    return page


def test_a_look_fits_every_width_is_ink_on_white_paper_and_axe_finds_nothing(page: Page) -> None:
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    # No color depends on the width.
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        assert find_violations(page) == [], scheme
    page.emulate_media(media="print")
    root = "getComputedStyle(document.documentElement)"
    assert page.evaluate(f"{root}.backgroundColor") == "rgb(255, 255, 255)"
    assert page.evaluate(f"{root}.color") == "rgb(0, 0, 0)"
    assert find_violations(page, on_paper=True) == []


def find_left_edges(page: Page) -> tuple[float, float]:
    """The left edges of the first section's heading and of its text."""
    boxes = [page.locator(f"section.level2 > {part}").first.bounding_box() for part in ("h2", "p")]
    assert boxes[0]
    assert boxes[1]
    return boxes[0]["x"], boxes[1]["x"]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_headings_are_in_the_margin_of_only_one_layout(visit: Visit, layout: str) -> None:
    page = visit("noether", "index.html")
    page.evaluate("layout => document.documentElement.dataset.layout = layout", layout)
    heading, text = find_left_edges(page)
    assert (heading < text - 100) == (layout == "margin")
    page.set_viewport_size({"width": 320, "height": 900})
    heading, text = find_left_edges(page)
    assert heading == text


def test_a_brands_font_and_logo_come_from_the_site_itself(visit: Visit) -> None:
    page = visit("branded", "publications.html")
    loaded = page.evaluate("document.fonts.ready.then(fonts => [...fonts].map(font => [font.family, font.status]))")
    assert loaded == [["Ours", "loaded"]]
    requested = page.evaluate("performance.getEntriesByType('resource').map(entry => entry.name)")
    fonts = page.url.replace("publications.html", "site_libs/octavo-fonts/")
    assert [name.rpartition(".")[2] for name in requested if name.startswith(fonts)] == ["woff2"]
    logo = page.locator(".site-title").evaluate("title => getComputedStyle(title, '::before').backgroundImage")
    assert logo.startswith('url("data:image/svg+xml,')


def test_a_page_names_its_layout(build: Callable[[str], Path]) -> None:
    html = (build("homepage") / "index.html").read_text(encoding="utf-8")
    assert '<html lang="en" data-layout="margin">' in html
