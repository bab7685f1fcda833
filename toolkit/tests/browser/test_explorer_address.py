"""The explorer's address holds its whole state, for sharing and for going back, and tolerates mistakes."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.explorer import ALL, choose, open_facet, query, search, shown


def test_the_whole_state_is_in_the_address(explore) -> None:
    page = explore("?utm_source=mail")
    choose(page, "Year", "2024", "2022")
    choose(page, "Type", "Journal articles")
    page.get_by_label("Sort").select_option("Title")
    page.get_by_label("Group").select_option("Type")
    search(page, "math")
    page.get_by_role("searchbox").press("Enter")
    assert query(page) == {
        "utm_source": ["mail"],
        "q": ["math"],
        "year": ["2024", "2022"],
        "type": ["article-journal"],
        "sort": ["title"],
        "group": ["type"],
    }


def test_an_address_restores_its_state(explore) -> None:
    page = explore("?type=paper-conference&year=2024&year=2025&q=counting&sort=title")
    assert shown(page) == ["counting"]
    expect(page.get_by_role("searchbox")).to_have_value("counting")
    expect(page.get_by_label("Sort")).to_have_value("title")
    expect(page.get_by_label("Group")).to_have_value("none")
    expect(open_facet(page, "Year").get_by_role("checkbox", name="2024")).to_be_checked()
    page.reload()
    assert shown(page) == ["counting"]


@pytest.mark.parametrize(
    "bad", ["?year=1&sort=up&group=colour&type=", "?year[]=2024&%ff=%fe", "?q=%20&sort=venue%00", "?__proto__=1&sort="]
)
def test_bad_values_in_an_address_are_ignored(explore, bad: str) -> None:
    assert shown(explore(bad)) == ALL


def test_back_and_forward_go_through_earlier_choices(explore) -> None:
    page = explore()
    choose(page, "Year", "2024")
    choose(page, "Topic", "invariants")
    assert shown(page) == ["zebra"]
    page.go_back()
    assert shown(page) == ["zebra", "counting"]
    page.go_back()
    assert shown(page) == ALL
    page.go_forward()
    assert shown(page) == ["zebra", "counting"]
    expect(page.locator(".facets button").filter(has_text="Year")).to_have_text("Year: 2024")


def test_a_search_is_one_step_back_however_many_letters_it_has(explore) -> None:
    page = explore()
    box = page.get_by_role("searchbox")
    box.press_sequentially("ze")
    page.wait_for_url("**?q=ze")
    box.press_sequentially("bra")
    page.wait_for_url("**?q=zebra")
    page.go_back()
    assert shown(page) == ALL
    expect(box).to_have_value("")
