"""The search page as a reader uses it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from octavo.search.index import list_terms
from tests.browser.accessibility import find_violations

SITE = "example"
WORDS = """
Nöther ÆSIR Łódź straße ﬁnite x² 𝑥 ΟΔΟΣ οδός İstanbul ıtır Þór 机器学习 データ ไทย ភាសា 𠮷野 الكِتَاب مدرسة شָׁלוֹם हिन्दी
Việt Ünïcödé ǅ ß ẞ don’t 2411.08982v1 snake_case O’Brien–Smith ℃ Ⅷ ½ ᴬ 한국어 Ελλάς naïve Å Å ö̲
"""


def search(page: Page, text: str) -> list[str]:
    """The titles of the results shown once the search is finished."""
    page.get_by_role("searchbox").fill(text)
    expect(page.get_by_role("status")).not_to_be_empty()
    page.wait_for_timeout(100)
    return page.locator(".results a").all_inner_texts()


@pytest.fixture
def page(visit: Callable[..., Page]) -> Page:
    return visit(SITE, "search.html")


def test_the_index_and_the_script_take_the_same_terms_from_any_text(page: Page) -> None:
    found = page.evaluate(
        """async (words) => {
          const script = [...document.scripts].find(({ src }) => src.endsWith("search.js"));
          const { listForms } = await import(script.src);
          return words.map((word) => [...new Set(listForms(word).flat())].sort());
        }""",
        WORDS.split(),
    )
    assert found == [sorted(list_terms(word), key=lambda term: term.encode("utf-16-be")) for word in WORDS.split()]


@pytest.mark.parametrize("query", ["Gottingen", "goettingen", "GÖTTING", "Göttignen", "Götingen", "Xöttingen"])
def test_accents_prefixes_and_a_single_typo_dont_matter(page: Page, query: str) -> None:
    assert "Universität Göttingen" in " ".join(search(page, query))


def test_titles_come_first_and_all_words_are_needed(page: Page) -> None:
    titles = search(page, "idealtheorie")
    assert all("Idealtheorie" in title for title in titles[:2])
    assert search(page, "idealtheorie zzzz") == []
    assert page.get_by_role("status").inner_text() == "Nothing found"


def test_hits_are_marked_and_links_highlight_text_that_results_do_not_show(page: Page) -> None:
    search(page, "variationsprobleme")
    assert page.locator(".results mark").first.inner_text() == "Variationsprobleme"
    search(page, "conservation")
    assert page.locator(".results a").evaluate_all("all => all.some(({ href }) => href.includes('#:~:text='))")


def test_the_keyboard_is_enough(visit: Callable[..., Page]) -> None:
    page = visit(SITE, "index.html")
    page.keyboard.press("Control+k")
    page.wait_for_url("**/search.html")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.keyboard.type("ideal")
    expect(page.locator(".results a").first).to_be_visible()
    for key, index in (("ArrowDown", 0), ("ArrowDown", 1), ("ArrowUp", 0)):
        page.keyboard.press(key)
        expect(page.locator(".results a").nth(index)).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#pages")).to_be_visible()
    page.keyboard.type("invariante variationsprobleme")
    expect(page.get_by_role("status")).not_to_be_empty()
    page.keyboard.press("Enter")
    page.wait_for_url("**/publications/*.html*")


def test_going_back_from_a_result_shows_it_again(page: Page) -> None:
    search(page, "hauptsatz")
    page.wait_for_url("**/search.html?q=hauptsatz")
    page.locator(".results a").first.click()
    page.go_back()
    expect(page.locator(".results a").first).to_contain_text("Hauptsatz")
    assert page.get_by_role("searchbox").input_value() == "hauptsatz"


def test_without_scripts_everything_is_listed(visit: Callable[..., Page]) -> None:
    page = visit(SITE, "search.html", java_script_enabled=False)
    assert page.locator("#publications li").count() == 45
    assert not page.get_by_role("searchbox").is_visible()


def test_axe_finds_nothing_in_results(page: Page) -> None:
    search(page, "algebra")
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
        assert find_violations(page) == []


def test_a_word_loads_only_the_pieces_of_the_index_that_it_needs(visit: Callable[..., Page]) -> None:
    page = visit("hundreds", "search.html")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.rpartition("/")[2].partition("?")[0]))
    assert len(search(page, "zhao kernel")) == 20
    pieces = [name for name in asked if name.startswith("terms-")]
    assert set(pieces) <= {"terms-0.txt", "terms-1.txt"}
    assert pieces
    assert "words.txt" not in asked
    assert len(search(page, "zaho kernel")) == 20
    assert "words.txt" in asked
    page.get_by_role("button", name="More results").click()
    expect(page.locator(".results a").nth(20)).to_be_focused()
    assert page.locator(".results li").count() > 30


def test_a_failed_load_of_the_index_is_reported_and_retried(chromium: Browser, serve: Callable[[str], str]) -> None:
    page = chromium.new_page()

    def fail(route: Route) -> None:
        route.fulfill(status=503)

    page.route("**/terms-*", fail)
    page.goto(f"{serve('hundreds')}/search.html")
    page.get_by_role("searchbox").fill("zhao")
    expect(page.get_by_role("status")).to_contain_text("could not be loaded")
    page.unroute("**/terms-*", fail)
    assert len(search(page, "zhao ")) == 20
    page.close()
