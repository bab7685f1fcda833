"""The browser: the installed Chromium, started so that it requests nothing but the site under test."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, expect, sync_playwright

from tests.processes import PATIENCE

MILLISECONDS = 1000 * PATIENCE
ARGUMENTS = ("--disable-background-networking", "--disable-component-update", "--no-first-run", "--disable-gpu")


@contextmanager
def open_browser(path: str) -> Iterator[Browser]:
    """Run the Chromium at this path for the duration of the context."""
    as_root = getattr(os, "geteuid", lambda: 1)() == 0
    arguments = [*ARGUMENTS, *(["--no-sandbox"] if as_root else [])]  # Chromium's sandbox doesn't work as root.
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=arguments)
        expect.set_options(timeout=MILLISECONDS)
        yield browser
        browser.close()
