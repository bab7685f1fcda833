"""Accessibility: the violations that axe-core finds in a page's current state."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any

from playwright.sync_api import Page


def check_sizes_and_schemes(page: Page, widths: Iterable[int]) -> None:
    """Assert that a page fits these widths, in pixels, and breaks no rule in light and dark."""
    for width in widths:
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width, width
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        assert find_violations(page) == [], scheme


def find_violations(page: Page, *, on_paper: bool = False) -> list[str]:
    """A line for each element that breaks a rule of WCAG 2.2 AA or a good practice.

    The size of targets is WCAG 2.2's, off unless asked for, and without meaning `on_paper`. The engine is put on the
    page by the browser's debugger, which no Content-Security-Policy holds back.
    """
    if not page.evaluate("'axe' in window"):
        page.evaluate(_read_engine())
    options = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": not on_paper}}}
    found: list[dict[str, Any]] = page.evaluate(
        "options => axe.run(document, options).then(({ violations }) => violations)", options
    )
    return [
        f"{rule['id']}: {node['html'][:160]} ({' '.join(node['failureSummary'].split())})"
        for rule in found
        for node in rule["nodes"]
    ]


@cache
def _read_engine() -> str:
    return files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
