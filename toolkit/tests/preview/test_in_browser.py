"""The preview in a browser: it reloads by itself, keeps the scroll position, and shows errors above the page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from scripts.get_browser import HINT, find_browser
from tests.browser.browsers import MILLISECONDS, open_browser
from tests.needs import need
from tests.preview.projects import write_project
from tests.preview.running import Preview, running
from tests.sites import lay_out

pytestmark = pytest.mark.browser

STRICT = """
[[headers]]
for = "/*"
[headers.values]
Content-Security-Policy = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'"
"""


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    folder = tmp_path_factory.mktemp("preview")
    root = lay_out("noether", folder / "site")
    (root / "netlify.toml").write_text(STRICT)
    with running(Preview(root, folder / "log")) as preview:
        yield preview


@pytest.fixture(scope="module")
def page(preview: Preview) -> Iterator[Page]:
    browser = find_browser()
    need("browser", browser, HINT)
    with open_browser(str(browser)) as chromium:
        page = chromium.new_page(viewport={"width": 1280, "height": 500})
        page.set_default_timeout(MILLISECONDS)
        yield page


@pytest.fixture
def messages(page: Page, preview: Preview) -> Iterator[list[str]]:
    """The messages on the console, which must be empty at the end of the test."""
    messages: list[str] = []

    def note(message: object) -> None:
        text = f"{message} at {getattr(message, 'location', '')}"
        if "/favicon.ico" not in text:  # which this site doesn't have
            messages.append(text)

    page.on("console", note)
    page.on("pageerror", note)
    page.goto(preview.address + "cv.html")
    yield messages
    page.remove_listener("console", note)
    page.remove_listener("pageerror", note)
    assert messages == []


def test_an_edit_reloads_the_page_and_keeps_its_scroll_position(
    page: Page, preview: Preview, messages: list[str]
) -> None:
    page.evaluate("scrollTo({ top: 333, behavior: 'instant' })")
    with preview.edited("cv.qmd", lambda text: text + "\nA last word.\n"):
        expect(page.get_by_text("A last word.")).to_be_visible()
        page.wait_for_load_state("load")
        assert page.evaluate("scrollY") == 333
    expect(page.get_by_text("A last word.")).to_have_count(0)


def test_a_mistake_is_shown_above_the_page_until_it_is_fixed(page: Page, preview: Preview, messages: list[str]) -> None:
    page.evaluate("scrollTo({ top: 250, behavior: 'instant' })")
    alert = page.get_by_role("alert")
    with preview.edited("cv.qmd", lambda text: text + "\n```{python}\nnothing\n```\n"):
        expect(alert).to_contain_text("cv.qmd:")
        expect(alert).to_contain_text("NameError: name 'nothing' is not defined")
        box = alert.bounding_box()
        assert box is not None
        assert (box["x"], box["y"], box["width"]) == (0, 0, page.evaluate("document.documentElement.clientWidth"))
        assert page.evaluate("getComputedStyle(document.querySelector('#homepage-preview')).position") == "fixed"
    expect(alert).to_have_count(0)
    page.wait_for_load_state("load")
    assert page.evaluate("scrollY") == 250


def test_a_hidden_page_is_reloaded_once_it_is_visible_again(page: Page, preview: Preview) -> None:
    page.goto(preview.address + "cv.html")
    set_hidden = (
        "Object.defineProperty(document, 'hidden', {{ configurable: true, value: {} }});"
        "document.dispatchEvent(new Event('visibilitychange'))"
    )
    page.evaluate(set_hidden.format("true"))
    with preview.edited("cv.qmd", lambda text: text + "\nUnseen.\n"):
        preview.wait_until(lambda text: "Unseen." in text, "cv.html")
        expect(page.get_by_text("Unseen.")).to_have_count(0)
        page.evaluate(set_hidden.format("false"))
        expect(page.get_by_text("Unseen.")).to_be_visible()


def test_a_page_left_open_reconnects_to_the_next_preview(page: Page, tmp_path: Path) -> None:
    root = write_project(tmp_path / "site")
    first = Preview(root, tmp_path / "first")
    try:
        first.wait_until_built()
        page.goto(first.address)
        first.program.end()
        (root / "index.qmd").write_text((root / "index.qmd").read_text() + "\nSince then.\n")
        port = first.address.rstrip("/").rpartition(":")[2]
        second = Preview(root, tmp_path / "second", ["--port", port])
        try:
            expect(page.get_by_text("Since then.")).to_be_visible()
            second.program.end()
        finally:
            second.program.kill_all()
    finally:
        first.program.kill_all()
