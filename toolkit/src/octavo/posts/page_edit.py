"""Edits of a built page: they replace parts of its text and leave all other bytes unchanged."""

from __future__ import annotations

from pathlib import Path

import turbohtml
from markupsafe import Markup
from turbohtml import Element

from octavo.files import write_file


class PageEdit:
    """The page in a file of the built site, and the changes to it until they are saved."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._text = file.read_text(encoding="utf-8")
        self._document = turbohtml.parse(self._text, source_locations=True)
        self._changes: list[tuple[int, int, str]] = []

    def select(self, selector: str) -> list[Element]:
        """The elements that match, in the page's order."""
        return list(self._document.select(selector))

    def fill(self, element: Element, content: Markup) -> None:
        """Replace the element's content."""
        self._changes.append((_find_inside(element)[0], _find_inside(element)[1], content))

    def replace(self, element: Element, content: Markup) -> None:
        """Replace the element."""
        self._changes.append((*_find_outside(element), content))

    def append(self, selector: str, content: Markup) -> None:
        """Add the content at the end of the first element that matches."""
        end = _find_inside(self.select(selector)[0])[1]
        self._changes.append((end, end, f"{content}\n"))

    def remove(self, selector: str) -> None:
        """Remove every matching element, and the line break after it."""
        for element in self.select(selector):
            start, end = _find_outside(element)
            self._changes.append((start, end + self._text.startswith("\n", end), ""))

    def remove_scripts(self, text: str) -> None:
        """Remove the scripts that contain this text."""
        for script in self.select("script"):
            if text in script.text:
                self._changes.append((*_find_outside(script), ""))

    def save(self) -> None:
        """Write the changed page; later changes at one place come after earlier ones."""
        text, written = [], 0
        for start, end, content in sorted(self._changes, key=lambda change: change[:2]):
            if start >= written:
                text += [self._text[written:start], content]
                written = end
        write_file(self._file, "".join([*text, self._text[written:]]))


def _find_inside(element: Element) -> tuple[int, int]:
    """Where the element's content begins and ends in the page's text."""
    location = element.source_location
    if location is None or location.end_tag is None:
        raise AssertionError(f"the renderer closes <{element.tag}>")
    return location.start_tag.end_offset, location.end_tag.start_offset


def _find_outside(element: Element) -> tuple[int, int]:
    """Where the element itself begins and ends."""
    location = element.source_location
    if location is None:
        raise AssertionError(f"the renderer wrote <{element.tag}>")
    return location.start_tag.start_offset, (location.end_tag or location.start_tag).end_offset
