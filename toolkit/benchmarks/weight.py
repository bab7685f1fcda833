"""The weight of a page: everything that Chromium loads without a cache, raw and compressed by brotli."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import brotli  # type: ignore[import-untyped]
from playwright.sync_api import Browser, Response

from tests.browser.server import serve_site

# The level that hosts use for files that are compressed once and served often.
BROTLI_QUALITY = 11


@dataclass(frozen=True, slots=True)
class Weight:
    """The sizes of everything loaded, and the number of requests."""

    bodies: list[bytes]
    requests: int

    @property
    def raw(self) -> int:
        """Bytes before compression."""
        return sum(map(len, self.bodies))

    @property
    def packed(self) -> int:
        """Bytes compressed by brotli, if that makes them fewer."""
        return sum(min(len(body), len(brotli.compress(body, quality=BROTLI_QUALITY))) for body in self.bodies)


def weigh_page(browser: Browser, site: Path, page: str, *, width: int = 1280, height: int = 800) -> Weight:
    """Everything that a visit loads before scrolling, including the favicon."""
    responses: list[Response] = []
    with serve_site(site, headers={}) as address:
        tab = browser.new_context(viewport={"width": width, "height": height}).new_page()
        tab.on("response", lambda response: responses.append(response))
        tab.goto(f"{address}/{page}", wait_until="networkidle")
        bodies = [response.body() for response in responses if response.ok]
        tab.context.close()
    return Weight(bodies, len(responses))
