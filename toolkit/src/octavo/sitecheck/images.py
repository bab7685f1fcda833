"""Images: each has alternative text, and a size so that the page doesn't jump while it loads."""

from __future__ import annotations

from collections.abc import Iterator

from octavo.errors import Problem
from octavo.sitecheck.page import Page


def check_images(page: Page) -> Iterator[Problem]:
    """Images without `alt` (empty if decorative), or without `width` and `height` in pixels."""
    for image in page.select("img"):
        for name in ("alt", "width", "height"):
            value = image.attr(name)
            if value is None:
                yield page.problem(f"the image {image.attr('src')!r} has no {name}", image)
            elif name != "alt" and not (value.isascii() and value.isdigit()):
                yield page.problem(f"the image's {name} {value!r} is not a number of pixels", image)
