"""The author of a work: a person's name in its parts, or an organization.

The parts are those of CSL and BibTeX: given, particle ("van der"), family, suffix ("Jr."), or a literal name.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from octavo.errors import quote_value
from octavo.model.kinds import Flag, Line, Orcid

_SUFFIXES = {"jr", "jr.", "sr", "sr.", "ii", "iii", "iv"}
# Two people in one text: words between names, or initials where a family name is expected, as in `E. Noether, A. Iyer`.
_SEVERAL = re.compile(r"[;&]|\s(?:and|und|et)\s|^(?:\w\.-?)+\s.*,", re.IGNORECASE)
_CUT_LISTS = {"et al", "et al.", "others", "and others"}


@dataclass(frozen=True, slots=True)
class Author:
    """One author; a part that isn't known is an empty string.

    `str()` gives the display form, given particle family suffix, or the literal name.
    """

    given: Line = ""
    """Given names or initials."""
    family: Line = ""
    """The family name."""
    particle: Line = ""
    """van der, de la, von."""
    suffix: Line = ""
    """Jr., III."""
    literal: Line = ""
    """The name of an organization, printed as it is."""
    equal: Flag = False
    """Contributed equally with the others marked so."""
    corresponding: Flag = False
    """Is the one to write to."""
    orcid: Orcid = ""
    """The identifier alone."""

    def __str__(self) -> str:
        return self.literal or _join((self.given, self.particle, self.family, self.suffix))

    @property
    def marks(self) -> tuple[tuple[str, str], ...]:
        """The marks behind the name on pages and in documents, each with its meaning."""
        equal = (("*", "equal contribution"),) if self.equal else ()
        return equal + ((("†", "corresponding author"),) if self.corresponding else ())

    def is_named(self, names: Iterable[str]) -> bool:
        """Whether this author is one of the names, in either order, whatever the case, dots and spaces.

        The names must agree in every part: neither `F. Noether` nor `Emmy Noether` is `E. Noether`.
        """
        return _normalize(str(self)) in map(_normalize_name, names)


@lru_cache(maxsize=65536)
def parse_author(text: str) -> Author:
    """Read a name as people or BibTeX write it: `E. Noether`, `Noether, E.`, `Noether, Jr., E.`, `{The LIGO Team}`.

    Words in lower case before the family name are its particle; the order of parts is that of BibTeX
    (Patashnik, BibTeXing, 1988, section 4).

    Raises:
        ValueError: with the text and how to write it instead.
    """
    text = " ".join(text.split())
    if fault := _find_fault(text):
        raise ValueError(f"{quote_value(text)} {fault}")
    if text.startswith("{"):
        return Author(literal=text[1:-1].strip())
    parts = [part.strip() for part in text.split(",")]
    if len(parts) == 2 and parts[1].lower() in _SUFFIXES:
        return _split_name(f"{parts[0]} {parts[1]}")
    if len(parts) == 1:
        return _split_name(text)
    particle, family, suffix = _split_family(parts[0].split())
    suffix = parts[1] if len(parts) == 3 else suffix
    return Author(given=parts[-1], family=family, particle=particle, suffix=suffix)


def _find_fault(text: str) -> str:
    """Why a text can't be read as one name, or nothing."""
    if re.fullmatch(r"\{[^{}]*[^{}\s][^{}]*\}", text):
        return ""
    parts = [part.strip() for part in text.split(",")]
    if not all(parts):
        return "is not a name (expected 'E. Noether' or 'Noether, E.')"
    if "{" in text or "}" in text:
        return "has stray braces (expected them around the whole name of an organization: '{NEXS group}')"
    if any(part.lower() in _CUT_LISTS for part in parts):
        return f"cuts the list (name every author, or put the words in braces: '{{{text}}}')"
    if text[-1] in "*†‡":
        return "ends in a mark (expected {given: …, family: …, equal: true} or corresponding: true)"
    if _SEVERAL.search(text) or len(parts) > 3 or (len(parts) == 3 and parts[1].lower() not in _SUFFIXES):
        return "is not one author (expected each as an item: 'E. Noether', 'Noether, E.' or 'Noether, Jr., E.')"
    return ""


def _split_name(text: str) -> Author:
    """A name in reading order: given, particle, family, suffix."""
    words = text.split()
    suffix = words.pop() if len(words) > 2 and words[-1].lower() in _SUFFIXES else ""
    start = _find_particle(words)
    particle, family, _ = _split_family(words[start:])
    return Author(given=" ".join(words[:start]), family=family, particle=particle, suffix=suffix)


def _find_particle(words: list[str]) -> int:
    """Where the particle begins, or the family name if there is none."""
    if all(_is_lower(word) for word in words):  # bell hooks
        return len(words) - 1
    return next((index for index, word in enumerate(words[:-1]) if _is_lower(word)), len(words) - 1)


def _split_family(words: list[str]) -> tuple[str, str, str]:
    """Particle, family name and suffix of `de la Cruz Jr.`."""
    suffix = words.pop() if len(words) > 1 and words[-1].lower() in _SUFFIXES else ""
    lower = [index for index, word in enumerate(words[:-1]) if _is_lower(word)]
    end = lower[-1] + 1 if lower and lower[0] == 0 else 0
    return " ".join(words[:end]), " ".join(words[end:]), suffix


def _is_lower(word: str) -> bool:
    return word[:1].islower()


@lru_cache(maxsize=65536)
def _normalize(name: str) -> str:
    folded = unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())
    return " ".join(folded.replace(".", " ").split())


@lru_cache(maxsize=1024)
def _normalize_name(name: str) -> str:
    try:
        return _normalize(str(parse_author(name)))
    except ValueError:
        return _normalize(name)


@lru_cache(maxsize=65536)
def _join(parts: tuple[str, ...]) -> str:
    return " ".join(part for part in parts if part)
