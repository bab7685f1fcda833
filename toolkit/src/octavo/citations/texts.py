"""Texts: what of a field's text a machine's format can hold."""

from __future__ import annotations

import re

from octavo.markdown import plain_title

# What XML 1.0 (section 2.2) can't hold, which is also what no BibTeX or RIS reader expects.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


def plain_line(text: str | None) -> str:
    """A title or an abstract on one line, without its markup."""
    return clean_text(plain_title(clean_text(text or "")))


def clean_text(text: str) -> str:
    """The text on one line: blanks and line breaks as single spaces, control characters left out."""
    # What Python calls printable has none of those characters.
    return " ".join((text if text.isprintable() else _UNPRINTABLE.sub("", text)).split())
