"""Head: what a reader and a search engine are told of a page before its text."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import pairwise

from octavo.errors import Problem
from octavo.sitecheck.page import Node, Page

DATA_TYPES = frozenset({"application/ld+json", "application/json", "importmap", "speculationrules"})


def check_head(page: Page) -> Iterator[Problem]:
    """Title, description, one `h1` and headings in steps from it, language, encoding; data that is no JSON."""
    if page.is_blank:
        return
    if not _leads_on(page):
        yield from _check_title(page)
        yield from _check_description(page)
        yield from _check_heading(page)
    if not any(each.attributes.get("lang") for each in page.select("html")):
        yield page.problem("the page has no language: <html lang=…>", next(page.select("html"), None))
    if not any("charset" in each.attributes for each in page.select("meta")):
        yield page.problem('the page names no encoding: <meta charset="utf-8">')
    yield from _check_data(page)


def _leads_on(page: Page) -> bool:
    """Whether the page is only a signpost to another one."""
    refresh = (each.attributes.get("http-equiv", "") for each in page.select("meta"))
    return any(value.lower() == "refresh" for value in refresh)


def _check_title(page: Page) -> Iterator[Problem]:
    titles = list(page.select("title"))
    if not titles or not titles[0].text.strip():
        yield page.problem("the page has no title", titles[0] if titles else None)
    for another in titles[1:]:
        yield page.problem("the page has a second title", another)


def _check_description(page: Page) -> Iterator[Problem]:
    descriptions = [each for each in page.select("meta") if each.attributes.get("name") == "description"]
    if not any(each.attributes.get("content", "").strip() for each in descriptions):
        yield page.problem('the page has no description: <meta name="description" content="…">')
    for another in descriptions[1:]:
        yield page.problem("the page has a second description", another)


def _check_heading(page: Page) -> Iterator[Problem]:
    headings = list(page.select("h1"))
    if not headings:
        yield page.problem("the page has no h1")
    for each in headings[:1]:
        if not _reads(each):
            yield page.problem("the page's h1 is empty", each)
    for another in headings[1:]:
        yield page.problem("the page has a second h1", another)
    for before, after in pairwise(page.select("h1", "h2", "h3", "h4", "h5", "h6")):
        if int(after.tag[1]) > int(before.tag[1]) + 1:
            yield page.problem(f"an {after.tag} follows the {before.tag}: a level of headings is left out", after)


def _reads(heading: Node) -> bool:
    pictures = (image.attrs.get("alt") for image in heading.element.find_all("img"))
    return bool(heading.text.strip() or any(pictures))


def _check_data(page: Page) -> Iterator[Problem]:
    for script in page.select("script"):
        if script.attributes.get("type", "").lower() not in DATA_TYPES or "src" in script.attributes:
            continue
        try:
            json.loads(script.text)
        except ValueError as error:
            yield page.problem(f"the block of {script.attributes['type']} is no JSON: {error}", script)
