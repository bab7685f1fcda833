"""The weight of a page: what Chromium asks for when nothing is cached, as it is and as brotli packs it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import brotli  # type: ignore[import-untyped]
from playwright.sync_api import Browser, Response

from tests.browser.server import serve_site

# What hosts use for files packed once and served often.
BROTLI_QUALITY = 11


@dataclass(frozen=True, slots=True)
class Weight:
    """What was loaded, by how many requests."""

    bodies: list[bytes]
    requests: int

    @property
    def raw(self) -> int:
        """Bytes as they are."""
        return sum(map(len, self.bodies))

    @property
    def packed(self) -> int:
        """Bytes as brotli packs them, where it makes them fewer."""
        return sum(min(len(body), len(brotli.compress(body, quality=BROTLI_QUALITY))) for body in self.bodies)


def weigh_page(browser: Browser, site: Path, page: str, *, width: int = 1280, height: int = 800) -> Weight:
    """All that one visit of the page loads before anyone scrolls, favicon included."""
    responses: list[Response] = []
    with serve_site(site, headers={}) as address:
        tab = browser.new_context(viewport={"width": width, "height": height}).new_page()
        tab.on("response", lambda response: responses.append(response))
        tab.goto(f"{address}/{page}", wait_until="networkidle")
        bodies = [response.body() for response in responses if response.ok]
        tab.context.close()
    return Weight(bodies, len(responses))
