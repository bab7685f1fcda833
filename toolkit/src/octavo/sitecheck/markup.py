"""Markup: whether a page's source matches what a browser builds from it.

The parser builds the tree that every browser does (WHATWG HTML, 13.2), and silently repairs mistakes. Comparing source
and tree finds them: each start tag must be in the tree, in the same order; each end tag must close an element; each
element that needs an end tag must have one. The parser's own errors and the rules of `turbohtml.conformance` are
reported, too. What only a full validator knows, such as most attribute values, is left to the Nu HTML Checker.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import turbohtml
from turbohtml import Element, Namespace, SourceLocation, TokenType
from turbohtml.conformance import check as check_conformance

from octavo.errors import Problem
from octavo.sitecheck.page import Page, find_place

# Void elements, and those whose end tag is optional (WHATWG HTML, 13.1.2).
_NEEDS_NO_END = frozenset(
    """
    area base br col embed hr img input link meta source track wbr
    html head body li dt dd p rt rp optgroup option colgroup caption thead tbody tfoot tr td th
    """.split()  # noqa: SIM905 - as words it can be read
)
# Browsers merge these tags into elements that they create themselves.
_IMPLIED = frozenset({"html", "head", "body"})
# The head, ids, and images have their own checks.
_ELSEWHERE = frozenset({"missing-title", "missing-lang", "img-missing-alt", "duplicate-id"})

Written = list[tuple[Element, SourceLocation]]


def check_markup(page: Page) -> Iterator[Problem]:
    """Syntax errors, mistakes that browsers repair, and broken authoring rules, in no particular order."""
    if not page.source.lstrip().lower().startswith("<!doctype html"):
        yield page.problem("no <!DOCTYPE html>: browsers fall back to their quirks mode")
    for error in page.document.errors:
        yield Problem(page.path, error.line, error.col + 1, f"invalid HTML: {error.code.replace('-', ' ')}")
    # Footnotes have roles of digital publishing (https://www.w3.org/TR/dpub-aria-1.1), which turbohtml doesn't know.
    publishing = {find_place(element) for element in page.select('[role^="doc-"]')}
    for message in check_conformance(page.document).errors:
        place = message.line or 1, message.column + 1
        if message.code not in _ELSEWHERE and not (message.code == "aria-invalid-role" and place in publishing):
            yield Problem(page.path, *place, f"invalid HTML: {message.message}")
    found = ((each, each.source_location) for each in page.document.iter_elements())
    written = [(element, location) for element, location in found if location is not None]
    yield from _find_unclosed(page, written)
    yield from _find_moved(page, written)
    yield from _find_ignored(page, written)


def _find_unclosed(page: Page, written: Written) -> Iterator[Problem]:
    for element, location in written:
        is_html = element.namespace is Namespace.HTML
        if location.end_tag is not None or (is_html and element.tag in _NEEDS_NO_END):
            continue
        if is_html or not page.source.endswith("/>", 0, location.start_tag.end_offset):
            yield page.problem(f"invalid HTML: <{element.tag}> is never closed, or closed out of order", element)


def _find_moved(page: Page, written: Written) -> Iterator[Problem]:
    for (before, there), (_, here) in pairwise(written):
        if there.start_tag.start_offset > here.start_tag.start_offset:
            yield page.problem(f"invalid HTML: <{before.tag}> is not allowed here; browsers move it", before)


def _find_ignored(page: Page, written: Written) -> Iterator[Problem]:
    starts = {(each.start_tag.start_line, each.start_tag.start_col) for _, each in written}
    ends = {(each.end_tag.start_line, each.end_tag.start_col) for _, each in written if each.end_tag}
    known = {
        TokenType.START_TAG: (starts, "<{}> is not allowed here; browsers ignore it"),
        TokenType.END_TAG: (ends, "</{}> closes nothing"),
    }
    for token in turbohtml.tokenize(page.source, capture_attributes=False):
        places, message = known.get(token.type, (None, ""))
        if places is not None and (token.line, token.col) not in places and token.tag not in _IMPLIED:
            yield Problem(page.path, token.line, token.col + 1, f"invalid HTML: {message.format(token.tag)}")
