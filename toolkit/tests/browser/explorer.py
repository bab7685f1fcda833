"""The explorer as readers use it: the entries shown, the choices offered, and the address."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Locator, Page

# The publications of `papers.yml`, in the list's initial order.
ALL = ["coming", "sent", "zebra", "counting", "noether-sche", "alpha"]


def shown(page: Page) -> list[str]:
    """The ids of the publications in the list, in order."""
    visible = "all => all.filter((item) => item.checkVisibility()).map(({ id }) => id)"
    names = page.locator("li.publication").evaluate_all(visible)
    return [str(name).removeprefix("publications-") for name in names]


def headings(page: Page) -> list[str]:
    return page.locator(".explorer h2").filter(visible=True).all_inner_texts()


def search(page: Page, text: str) -> None:
    page.get_by_role("searchbox").fill(text)


def open_facet(page: Page, name: str) -> Locator:
    """Open the facet if it's closed; returns its values."""
    button = page.locator(".facets button[aria-expanded]").filter(has_text=name).first
    if button.get_attribute("aria-expanded") == "false":
        button.click()
    return page.locator(f"#{button.get_attribute('aria-controls')}")


def counts(values: Locator) -> dict[str, int]:
    lines = (line.rsplit(maxsplit=1) for line in values.locator("label").all_inner_texts())
    return {name.strip(): int(count) for name, count in lines}


def choose(page: Page, facet: str, *names: str) -> None:
    values = open_facet(page, facet)
    for name in names:
        values.get_by_role("checkbox", name=name).check()


def query(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)
