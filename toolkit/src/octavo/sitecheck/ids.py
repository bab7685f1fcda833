"""Ids: each names one place of its page."""

from __future__ import annotations

from collections.abc import Iterator

from octavo.errors import Problem
from octavo.sitecheck.page import Page


def check_ids(page: Page) -> Iterator[Problem]:
    """Ids that are used more than once, are empty, or contain a space: links to them lead astray."""
    seen: set[str] = set()
    for element in page.document.select("[id]"):
        identifier = element.attr("id") or ""
        if not identifier or any(letter.isspace() for letter in identifier):
            yield page.problem(f"invalid HTML: {identifier!r} is no id (a character or more, no space)", element)
        elif identifier in seen:
            yield page.problem(f"invalid HTML: id {identifier} is used more than once", element)
        seen.add(identifier)
