"""Page: one HTML file of a built site, parsed as a browser would, with source locations."""

from __future__ import annotations

from typing import NamedTuple

import turbohtml
from turbohtml import Document, Element, Namespace

from octavo.errors import Problem


class Page(NamedTuple):
    """`path` is relative to the site, with forward slashes; `document` is the browser's tree of `source`."""

    path: str
    source: str
    document: Document

    @property
    def is_blank(self) -> bool:
        """Whether the page is empty, as Quarto leaves a draft's."""
        return not self.document.select_one(":not(html, head, body)") and not self.document.text.strip()

    def select(self, selector: str) -> list[Element]:
        """The matching HTML elements in tree order, including those in templates but not those of drawings."""
        return [element for element in self.document.select(selector) if element.namespace is Namespace.HTML]

    def problem(self, message: str, at: Element | None = None) -> Problem:
        """A problem at an element, or of the page as a whole."""
        return Problem(self.path, *(find_place(at) if at else (1, 1)), message)


def find_place(element: Element) -> tuple[int, int]:
    """The line and column where an element starts; 1 and 1 if the source doesn't show it."""
    return element.source_line or 1, (element.source_col or 0) + 1


def parse_page(path: str, content: bytes) -> Page | Problem:
    """The page, or a problem if it isn't UTF-8, the only encoding that HTML allows."""
    try:
        source = content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        column = error.start - (content.rfind(b"\n", 0, error.start) + 1) + 1
        return Problem(path, line, column, f"not UTF-8: byte {content[error.start]:#04x}")
    return Page(path, source, turbohtml.parse(source, source_locations=True))
