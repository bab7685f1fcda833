"""HTML and JATS markup in registries' titles and abstracts, turned into plain text."""

from __future__ import annotations

import html
import re

from octavo.importing.record import clean_line, clean_paragraphs

# Only tags that occur in practice are removed: "a < b and c > d" has none.
_NAMES = (
    "i|b|u|em|strong|sub|sup|sc|scp|small|span|tt|br|p|sec|title|italic|bold|monospace"
    "|inline-formula|tex-math|mml:[a-z]+"
)
_TAG = re.compile(rf"</?(?:jats:)?(?:{_NAMES})(?:\s[^<>]{{0,300}})?/?>", re.IGNORECASE)
_RAISED = re.compile(
    r"<(?:jats:)?(?P<name>su[bp])>(?P<text>[^<>]{1,40})</(?:jats:)?(?P=name)>", re.IGNORECASE | re.ASCII
)
_PARAGRAPH = re.compile(r"</(?:jats:)?(?:p|title|sec)>", re.IGNORECASE)
# Python converts no number of more than 4,300 digits; a character's has at most seven.
_NUMBER_OF_NO_LETTER = re.compile("&#[0-9]{1000,};?")
_LABEL = re.compile(r"^\s*<(?:jats:)?title>\s*abstract\s*</(?:jats:)?title>", re.IGNORECASE)
_ALPHABETS = {
    "sup": str.maketrans("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ"),
    "sub": str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎"),
}


def strip_line(text: str) -> str:
    """One line of plain text."""
    return clean_line(_strip_tags(text))


def strip_paragraphs(text: str) -> str:
    """Paragraphs of plain text, an empty line between them; the heading "Abstract" is left out."""
    return clean_paragraphs(_strip_tags(_PARAGRAPH.sub("\n\n", _LABEL.sub("", text))))


def _strip_tags(text: str) -> str:
    return html.unescape(_NUMBER_OF_NO_LETTER.sub("\ufffd", _TAG.sub("", _RAISED.sub(_raise, text))))


def _raise(match: re.Match[str]) -> str:
    """`<sup>2</sup>` as ²; unchanged if a character has no raised form."""
    raised = match["text"].translate(_ALPHABETS[match["name"].lower()])
    return raised if all(a != b for a, b in zip(match["text"], raised, strict=True)) else match["text"]
