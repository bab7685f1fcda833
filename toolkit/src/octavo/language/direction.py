"""Direction: which way a language, or a text, is written."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import Literal

from octavo.language.current import current_language

Direction = Literal["ltr", "rtl"]

# The filter `page.lua` of the format has them, too. A tag's script, such as `Arab` in `ku-Arab`, says more.
RIGHT_TO_LEFT = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "ug", "ur", "yi"})
RIGHT_TO_LEFT_SCRIPTS = frozenset({"adlm", "arab", "aran", "hebr", "mand", "nkoo", "rohg", "samr", "syrc", "thaa"})
_SCRIPT_LENGTH = 4


def current_direction() -> Direction:
    """The direction of the language that is written now."""
    return find_direction(current_language())


@lru_cache
def find_direction(tag: str) -> Direction:
    """The direction of a language by its BCP 47 tag: `rtl` for `ar`, `fa-IR`, and `ku-Arab`."""
    language, *others = tag.lower().split("-")
    script = next((part for part in others if len(part) == _SCRIPT_LENGTH and part.isalpha()), "")
    known = script in RIGHT_TO_LEFT_SCRIPTS if script else language in RIGHT_TO_LEFT
    return "rtl" if known else "ltr"


def has_other_direction(text: str, direction: Direction) -> bool:
    """Whether any letter of the text runs against the direction."""
    others = ("R", "AL") if direction == "ltr" else ("L",)
    # Most texts are ASCII, and most pages run from left to right.
    return not (direction == "ltr" and text.isascii()) and any(
        unicodedata.bidirectional(sign) in others for sign in text
    )
