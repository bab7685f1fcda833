"""A watch on a page: its requests, its violations of the policy, and its complaints."""

from __future__ import annotations

from playwright.sync_api import Page

# Kept in the page itself, since a violation that a script catches reaches no console.
_VIOLATIONS = """
window.violations = [];
addEventListener("securitypolicyviolation", (event) => {
  violations.push(`${event.violatedDirective}: ${event.blockedURI} ${event.sample}`);
});
"""


class Watch:
    """Watches a page of the site at `address` from before its first request."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self._problems: list[str] = []
        page.add_init_script(_VIOLATIONS)
        page.on("request", lambda request: self._check_request(request.url, address))
        page.on(
            "console", lambda message: self._problems.append(f"console: {message.text} ({message.location['url']})")
        )
        page.on("pageerror", lambda error: self._problems.append(f"error: {error}"))

    def find_problems(self) -> list[str]:
        """Everything that has gone wrong since the watch began."""
        return [*self._problems, *self.page.evaluate("window.violations ?? []")]

    def _check_request(self, url: str, address: str) -> None:
        if not url.startswith((f"{address}/", "blob:", "about:")):
            self._problems.append(f"request: {url}")
