"""Page: one HTML file of a built site, parsed as a browser would, with places in the source."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType

import turbohtml
from turbohtml import Document, Element, Namespace, SourceLocation

from octavo.errors import Problem

NO_ATTRIBUTES: Mapping[str, str] = MappingProxyType({})


class Node:
    """An element of the tree, with what the checks ask of it read once: the parser builds it at each question.

    `attributes` are as written, an absent value as the empty string. `location` is None for an element that
    the source doesn't show: one that browsers add (`tbody`) or build again (misnested `<b><i></b></i>`).
    """

    __slots__ = ("attributes", "column", "element", "html", "line", "location", "parent", "tag")

    def __init__(self, element: Element, parent: Node | None) -> None:
        self.element = element
        self.parent = parent
        self.tag = element.tag
        self.html = element.namespace is Namespace.HTML
        attributes = element.attrs
        self.attributes = _join_lists(attributes) if attributes else NO_ATTRIBUTES
        self.location: SourceLocation | None = element.source_location
        self.line = element.source_line or 1
        self.column = (element.source_col or 0) + 1

    @property
    def text(self) -> str:
        """Its text and that of all that it holds."""
        return self.element.text


def _join_lists(attributes: Mapping[str, str | list[str] | None]) -> dict[str, str]:
    # The parser splits `class`, `rel` and the like.
    return {name: " ".join(value) if isinstance(value, list) else value or "" for name, value in attributes.items()}


@dataclass(frozen=True)
class Page:
    """`path` is relative to the site, with forward slashes; `document` is the browser's tree of `source`."""

    path: str
    source: str
    document: Document

    @cached_property
    def nodes(self) -> tuple[Node, ...]:
        """All elements in tree order, those inside templates and drawings included."""
        nodes: dict[object, Node] = {}
        for element in self.document.iter_elements():
            nodes[element] = Node(element, nodes.get(element.parent))
        return tuple(nodes.values())

    @property
    def is_blank(self) -> bool:
        """Whether there is nothing in it: so Quarto leaves the page of a draft."""
        return all(node.tag in {"html", "head", "body"} for node in self.nodes) and not self.document.text.strip()

    def select(self, *tags: str) -> Iterator[Node]:
        """The HTML elements with one of these names."""
        return (node for node in self.nodes if node.tag in tags and node.html)

    def problem(self, message: str, at: Node | None = None) -> Problem:
        """A problem at an element, or of the page as a whole."""
        line, column = (at.line, at.column) if at else (1, 1)
        return Problem(self.path, line, column, message)


def parse_page(path: str, content: bytes) -> Page | Problem:
    """The page, or why it can't be read: it isn't UTF-8, the only encoding that HTML allows."""
    try:
        source = content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        column = error.start - (content.rfind(b"\n", 0, error.start) + 1) + 1
        return Problem(path, line, column, f"not UTF-8: byte {content[error.start]:#04x}")
    return Page(path, source, turbohtml.parse(source, source_locations=True))
