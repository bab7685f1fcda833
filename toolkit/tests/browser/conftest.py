"""Shared by the browser tests: one Chromium, sites that are built once, and watched pages."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize

from scripts.get_browser import HINT, find_browser
from tests.browser.browsers import MILLISECONDS, open_browser
from tests.browser.server import STRICTEST, read_headers, serve_site
from tests.browser.watching import Watch
from tests.needs import need
from tests.sites import ROOT


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    folder = Path(__file__).parent
    for item in items:
        if item.path.parent == folder:
            item.add_marker("browser")


# While it is open, Playwright's event loop counts as running: it is closed before the next package's tests.
@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """The installed Chromium, once for all tests of this folder."""
    path = find_browser()
    need("browser", path, HINT)
    with open_browser(str(path)) as browser:
        yield browser


@pytest.fixture(scope="session")
def serve(build: Callable[[str], Path]) -> Iterator[Callable[[str], str]]:
    """Serve the site of this name, built and with the headers that it is published with; its address."""
    published = read_headers(ROOT / "netlify.toml") if (ROOT / "netlify.toml").exists() else {}
    with ExitStack() as stack:

        def serve_built(name: str) -> str:
            folder = build(name)
            return stack.enter_context(serve_site(folder, {**published, **STRICTEST}, find_path(folder)))

        yield cache(serve_built)


def find_path(site: Path) -> str:
    """The path under which the site is published, by the address of its home page: none at a domain's root."""
    address = re.search(r'<link rel="canonical" href="([^"]+)">', (site / "index.html").read_text(encoding="utf-8"))
    assert address
    return urlsplit(address[1]).path.rstrip("/")


@pytest.fixture(scope="package")
def open_page(chromium: Browser) -> Callable[..., Page]:
    """Open an empty page with options of Playwright's contexts.

    Pages share a context where they can: a new one, with a window of its own, takes three times as long as a page.
    """
    contexts: dict[str, BrowserContext] = {}

    def open_in_context(
        viewport: ViewportSize | None = None, color_scheme: Any = None, reduced_motion: Any = None, **options: Any
    ) -> Page:
        key = json.dumps(options, sort_keys=True)
        if key not in contexts:
            contexts[key] = chromium.new_context(**options)
            contexts[key].set_default_timeout(MILLISECONDS)
        page = contexts[key].new_page()
        page.set_viewport_size(viewport or {"width": 1280, "height": 900})
        page.emulate_media(color_scheme=color_scheme, reduced_motion=reduced_motion)
        return page

    return open_in_context


@pytest.fixture
def visit(open_page: Callable[..., Page], serve: Callable[[str], str]) -> Iterator[Callable[..., Page]]:
    """Visit a page of a site: `visit("noether", "news.html", color_scheme="dark")`.

    The test fails if the page asked another host for anything, broke the Content-Security-Policy, or
    wrote a line to the console.
    """
    watches: list[Watch] = []

    def visit_page(site: str, path: str, **options: object) -> Page:
        page = open_page(**options)
        watches.append(Watch(page, serve(site)))
        page.goto(f"{serve(site)}/{path}")
        return page

    yield visit_page
    for watch in watches:
        found = watch.find_problems()
        watch.page.evaluate("try { localStorage.clear() } catch {}")
        watch.page.close()
        assert not found


@pytest.fixture
def explore(visit: Callable[..., Page]) -> Callable[..., Page]:
    """Open the publications of `papers.yml`, with a query if one is given."""

    def open_explorer(query: str = "", **options: object) -> Page:
        return visit("papers", f"publications.html{query}", **options)

    return open_explorer
