"""XML: a document as a tree of elements that know their line, for feeds and sitemaps."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

XML_NAMESPACE = "http://www.w3.org/XML/1998/namespace"


class XmlError(Exception):
    """XML that is not well-formed, or declares a document type, which no feed needs."""

    def __init__(self, message: str, line: int, column: int) -> None:
        super().__init__(message)
        self.message, self.line, self.column = message, line, column


@dataclass
class XmlElement:
    """`name` and the attributes' names are `namespace local`, or `local` alone outside of namespaces."""

    name: str
    attributes: dict[str, str]
    line: int
    children: list[XmlElement] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Its own text, without that of its children."""
        return "".join(self.texts).strip()

    def find_all(self, name: str) -> Iterator[XmlElement]:
        """The children of that name."""
        return (child for child in self.children if child.name == name)

    def find(self, name: str) -> XmlElement | None:
        """The first child of that name."""
        return next(self.find_all(name), None)

    def get(self, name: str) -> str | None:
        """The text of the first child of that name."""
        child = self.find(name)
        return child.text if child else None


def parse_xml(content: bytes) -> XmlElement:
    """The root of a document; raises XmlError."""
    parser = expat.ParserCreate(namespace_separator=" ")
    builder = _Builder(parser)
    try:
        parser.Parse(content, True)
    except expat.ExpatError as error:
        raise XmlError(expat.ErrorString(error.code), error.lineno, error.offset + 1) from None
    return builder.top.children[0]


class _Builder:
    def __init__(self, parser: expat.XMLParserType) -> None:
        self.parser = parser
        self.top = XmlElement("", {}, 0)
        self.open = [self.top]
        parser.buffer_text = True
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        parser.CharacterDataHandler = self.add_text
        parser.StartDoctypeDeclHandler = self.refuse

    def start(self, name: str, attributes: dict[str, str]) -> None:
        element = XmlElement(name, attributes, self.parser.CurrentLineNumber)
        self.open[-1].children.append(element)
        self.open.append(element)

    def end(self, name: str) -> None:
        self.open.pop()

    def add_text(self, text: str) -> None:
        self.open[-1].texts.append(text)

    def refuse(self, *declaration: object) -> None:
        # Entities that multiply are declared here, and nowhere else.
        line, column = self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1
        raise XmlError("a document type declaration", line, column)
