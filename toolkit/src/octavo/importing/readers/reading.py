"""Reads one entry's fields, each only once; unread fields are kept or reported.

A field that only helps to interpret another is peeked at, and stays unread.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

from octavo.importing.issued import parse_issued
from octavo.importing.record import clean_line
from octavo.model.kinds import is_extra_name
from octavo.model.vocabulary import Status

_HYPHENS = re.compile(r"\\-|--?")
# Words in bibliographies for works that aren't simply published
_STATES: dict[str, Status] = {
    "to appear": "to appear", "forthcoming": "to appear", "in press": "in press", "inpress": "in press",
    "accepted": "accepted", "under review": "under review", "in review": "under review", "submitted": "under review",
    "under submission": "under submission", "in submission": "under submission", "in preparation": "in preparation",
    "inpreparation": "in preparation", "preprint": "preprint", "prepublished": "preprint",
    "retracted": "retracted", "published": "published",
}  # fmt: skip


def read_state(text: str) -> str:
    """The status, if the text is nothing but a status; otherwise empty."""
    return _STATES.get(text.strip("()[]. ").lower(), "")


def find_state(text: str) -> str:
    """The status that the text, or one of its parts between commas, states; empty if it states none."""
    return next(filter(None, map(read_state, (text, *text.split(",")))), "")


def join_pages(text: str) -> str:
    r"""Pages with dashes where people and programs write hyphens; `3\-B` is a single page (citeproc-js's manual)."""
    return _HYPHENS.sub(lambda match: "-" if match[0] == r"\-" else "–", text)


class Reading:
    """The fields that aren't empty, as written."""

    def __init__(self, fields: Mapping[str, str]) -> None:
        self._fields = {name: text for name, value in fields.items() if (text := value.strip())}
        self._taken: set[str] = set()
        self.doubts: list[tuple[str, str]] = []
        """Warnings: pairs of a field and a message."""

    def peek(self, *names: str) -> str:
        """The text of the first of these fields that exists; empty if none does."""
        return next((self._fields[name] for name in names if name in self._fields), "")

    def take(self, *names: str) -> str:
        """Read the first of these fields that exists and is unread; returns its text."""
        name = next((name for name in names if name in self._fields and name not in self._taken), "")
        self._taken.add(name)
        return self._fields.get(name, "")

    def take_date(self, name: str) -> str:
        """The date in the field; if it can't be parsed, an empty text, and the field stays unread."""
        try:
            date = parse_issued(self.peek(name))
        except ValueError:
            return ""
        self.mark(name)
        return date

    def mark(self, *names: str) -> None:
        """Mark fields as read because others say the same."""
        self._taken.update(names)

    def doubt(self, name: str, message: str) -> None:
        """Warn about a field that was understood only in part."""
        self.doubts.append((name, message))

    def give_back(self, name: str, message: str) -> None:
        """Keep a field's text, which can't be parsed, with a warning."""
        self._taken.discard(name)
        self.doubt(name, f"{message}; kept as text")

    def sort_rest(
        self, bookkeeping: Iterable[str], read: Callable[[str, str], str]
    ) -> tuple[dict[str, str], tuple[str, ...]]:
        """The unread fields: texts to keep, by name, and the names of those that aren't kept.

        Args:
            bookkeeping: The fields that mean nothing outside the program that wrote them.
            read: Makes a field's name and text the text to keep.
        """
        rest = {name: text for name, text in self._fields.items() if name not in self._taken}
        dropped = {name for name in rest if name in bookkeeping or not is_extra_name(name)}
        kept = {name: clean_line(read(name, text)) for name, text in rest.items() if name not in dropped}
        empty = {name for name, text in kept.items() if not text}
        return {name: text for name, text in kept.items() if text}, tuple(sorted(dropped | empty))
