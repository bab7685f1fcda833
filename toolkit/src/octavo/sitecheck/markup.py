"""Markup: whether a page says in the source what a browser builds from it.

The parser gives the tree that every browser builds (WHATWG HTML, 13.2), and it repairs in silence. So
source and tree are compared: each start tag that is written stands in the tree, in the same order; each
end tag closes an element; each element that needs an end tag has one. The parser's own errors and the
rules that `turbohtml.conformance` knows come on top. What only a full validator knows, the values of
most attributes among them, is left to the Nu HTML Checker.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import turbohtml
from turbohtml import SourceLocation, TokenType
from turbohtml.conformance import check as check_conformance

from octavo.errors import Problem
from octavo.sitecheck.elements import IMPLIED, OPTIONAL_END, VOID
from octavo.sitecheck.page import Node, Page

NEEDS_NO_END = VOID | OPTIONAL_END
# The page's head and its images have checks of their own, with messages that say more.
ELSEWHERE = frozenset({"missing-title", "missing-lang", "img-missing-alt"})

Written = list[tuple[Node, SourceLocation]]
Places = set[tuple[int, int]]


def check_markup(page: Page) -> Iterator[Problem]:
    """Errors of syntax, repairs by the browser, and broken authoring rules, in no particular order."""
    if not page.source.lstrip().lower().startswith("<!doctype html"):
        yield page.problem("no <!DOCTYPE html>: browsers fall back to their quirks mode")
    for error in page.document.errors:
        yield Problem(page.path, error.line, error.col + 1, f"invalid HTML: {error.code.replace('-', ' ')}")
    for message in check_conformance(page.document).errors:
        if message.code not in ELSEWHERE:
            text = f"invalid HTML: {message.message}"
            yield Problem(page.path, message.line or 1, message.column + 1, text)
    yield from _find_repairs(page)
    yield from _find_bad_ids(page)


def _find_repairs(page: Page) -> Iterator[Problem]:
    written = [(node, node.location) for node in page.nodes if node.location is not None]
    yield from _find_unclosed(page, written)
    for (before, there), (_, here) in pairwise(written):
        if there.start_tag.start_offset > here.start_tag.start_offset:
            yield page.problem(f"invalid HTML: <{before.tag}> may not stand here; browsers move it", before)
    starts = {(each.start_tag.start_line, each.start_tag.start_col) for _, each in written}
    ends = {(each.end_tag.start_line, each.end_tag.start_col) for _, each in written if each.end_tag}
    yield from _find_ignored_tags(page, starts, ends)


def _find_unclosed(page: Page, written: Written) -> Iterator[Problem]:
    for node, location in written:
        if location.end_tag is not None or (node.html and node.tag in NEEDS_NO_END):
            continue
        if node.html or not page.source.endswith("/>", 0, location.start_tag.end_offset):
            yield page.problem(f"invalid HTML: <{node.tag}> is never closed, or closed out of order", node)


def _find_ignored_tags(page: Page, starts: Places, ends: Places) -> Iterator[Problem]:
    for token in turbohtml.tokenize(page.source, capture_attributes=False):
        kind = token.type
        if kind is TokenType.END_TAG:
            known, message = ends, "</{}> closes nothing"
        elif kind is TokenType.START_TAG:
            known, message = starts, "<{}> may not stand here; browsers ignore it"
        else:
            continue
        if (token.line, token.col) not in known and token.tag not in IMPLIED:
            text = f"invalid HTML: {message.format(token.tag)}"
            yield Problem(page.path, token.line, token.col + 1, text)


def _find_bad_ids(page: Page) -> Iterator[Problem]:
    for node in page.nodes:
        identifier = node.attributes.get("id")
        if identifier is not None and (not identifier or any(letter.isspace() for letter in identifier)):
            yield page.problem(f"invalid HTML: {identifier!r} is no id (a character or more, no space)", node)
