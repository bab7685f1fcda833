"""Reading output: pages by text, links, headings, and ids, as visitors do, and CSV."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

VOID = frozenset(
    "area base br col embed hr img input link meta source track wbr".split()  # noqa: SIM905
)
LINES = frozenset(
    "h1 h2 h3 h4 p li dt dd tr pre blockquote figcaption title section header footer div".split()  # noqa: SIM905
)


@dataclass
class Element:
    """An element with its attributes and content."""

    tag: str
    attributes: dict[str, str]
    children: list[Element | str] = field(default_factory=list)

    def walk(self) -> list[Element]:
        """Yields the element and all its descendants, in the order of the page."""
        inner = [part for child in self.children if isinstance(child, Element) for part in child.walk()]
        return [self, *inner]

    def find(self, tag: str, **attributes: str) -> list[Element]:
        """The elements with this tag and these attributes (`class_` for one of its classes)."""
        return [part for part in self.walk() if part.tag == tag and part.has(attributes)]

    def has(self, attributes: dict[str, str]) -> bool:
        """Whether the element has all of these attributes."""
        return all(
            value in self.attributes.get("class", "").split()
            if name == "class_"
            else self.attributes.get(name) == value
            for name, value in attributes.items()
        )

    @property
    def text(self) -> str:
        """Its text, with the white space of the source."""
        return "".join(child if isinstance(child, str) else child.text for child in self.children)

    @property
    def lines(self) -> list[str]:
        """Its text as people read it: a line for each block, with white space folded."""
        return [line for part in self._break_lines().split("\n") if (line := " ".join(part.split()))]

    def _break_lines(self) -> str:
        inner = "".join(
            " ".join(child.split("\n")) if isinstance(child, str) else child._break_lines() for child in self.children
        )
        return f"\n{inner}\n" if self.tag in LINES else inner


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.root = Element("", {})
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)  # `<img />`
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open[-1].tag == tag, f"</{tag}> closes <{self.open[-1].tag}> at {self.getpos()}"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def read_page(file: Path) -> Element:
    """The page's `html` element.

    Raises:
        AssertionError: if an element isn't closed, or is closed out of order.
    """
    return read_html(file.read_text(encoding="utf-8"), file.name).find("html")[0]


def read_html(text: str, name: str = "it") -> Element:
    """An element without a tag that contains all of the HTML.

    Raises:
        AssertionError: if an element isn't closed, or is closed out of order.
    """
    builder = _Builder()
    builder.feed(text)
    builder.close()
    assert builder.open == [builder.root], f"{name} leaves {[element.tag for element in builder.open[1:]]} open"
    return builder.root


def read_csv(text: str) -> list[dict[str, str]]:
    """The rows given to `write_csv`: cells by column, without the apostrophes that keep them from being formulas."""
    rows = csv.DictReader(io.StringIO(text, newline=""))
    guard = re.compile("^'(?='*[=+\\-@\t\r\n＝＋－＠])")
    return [{column: guard.sub("", cell) for column, cell in row.items()} for row in rows]
