"""Ids: each identifies one place on its page."""

from __future__ import annotations

from collections.abc import Iterator

from octavo.errors import Problem
from octavo.sitecheck.page import Page


def check_ids(page: Page) -> Iterator[Problem]:
    """Ids that are repeated, empty, or contain a space, so that links to them go wrong."""
    seen: set[str] = set()
    for element in page.document.select("[id]"):
        identifier = element.attr("id") or ""
        if not identifier or any(letter.isspace() for letter in identifier):
            yield page.problem(
                f"invalid HTML: {identifier!r} is not a valid id (expected at least one character and no spaces)",
                element,
            )
        elif identifier in seen:
            yield page.problem(f"invalid HTML: id {identifier} is used more than once", element)
        seen.add(identifier)
