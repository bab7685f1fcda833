"""An edit: a stretch of a text, and what stands there afterward."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Edit:
    """Replaces the characters from `start` up to `end`; nothing is replaced where they are the same."""

    start: int
    end: int
    text: str


def sort_edits(edits: Iterable[Edit]) -> list[Edit]:
    """In the text's order; those at one place in the order in which they were made."""
    return sorted(edits, key=lambda edit: (edit.start, edit.end))


def apply_edits(text: str, edits: Iterable[Edit]) -> str:
    """The text with all edits made; everything between them is as it was.

    Raises:
        ValueError: if two edits overlap.
    """
    pieces: list[str] = []
    position = 0
    for edit in sort_edits(edits):
        if edit.start < position:
            raise ValueError(f"edits overlap at character {edit.start}")
        pieces += (text[position : edit.start], edit.text)
        position = edit.end
    pieces.append(text[position:])
    return "".join(pieces)
