"""XML: feeds and sitemaps as trees of elements, each with its line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from octavo.errors import Problem


class Xml(NamedTuple):
    """A document's root and the line of each element; names are `{namespace}local`."""

    root: Element
    lines: Mapping[Element, int]


class _DocumentTypeError(Exception):
    """A document type declaration, which no feed needs and which can declare exponentially growing entities."""


def parse_xml(path: str, content: bytes) -> Xml | Problem:
    """The document in the file `path`, or why it can't be read."""
    parser = expat.ParserCreate(namespace_separator="}")
    builder, lines = TreeBuilder(), dict[Element, int]()

    def start(name: str, attributes: dict[str, str]) -> None:
        named = {_complete(key): value for key, value in attributes.items()}
        lines[builder.start(_complete(name), named)] = parser.CurrentLineNumber

    def refuse(*_: object) -> None:
        raise _DocumentTypeError

    parser.StartElementHandler = start
    parser.EndElementHandler = lambda name: builder.end(_complete(name))
    parser.CharacterDataHandler = builder.data
    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(content, True)
    except expat.ExpatError as error:
        return Problem(path, error.lineno, error.offset + 1, f"invalid XML: {expat.ErrorString(error.code)}")
    except _DocumentTypeError:
        place = parser.CurrentLineNumber, parser.CurrentColumnNumber + 1
        return Problem(path, *place, "invalid XML: a document type declaration")
    return Xml(builder.close(), lines)


def read_text(element: Element | None) -> str:
    """The element's own text, stripped; empty if there is no element."""
    return ((element.text if element is not None else None) or "").strip()


def _complete(name: str) -> str:
    return f"{{{name}" if "}" in name else name
