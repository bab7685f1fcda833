"""The names in a BibTeX `author` field, in their parts.

The rules are those of Patashnik, "BibTeXing" (1988), section 4: names are separated by `and`; a comma tells the order;
words in lower case are the particle ("von" part); braces keep a name together, as that of an organization.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from octavo.importing.latex import decode_latex
from octavo.importing.record import clean_line
from octavo.model.authors import Author

_SEPARATOR = re.compile(r"[{}]| and(?= )|^and(?= )", re.IGNORECASE)
_PART = re.compile(r"[{},]")
_WORD = re.compile(r"[{}]|(?:\s|~)+")
_SUFFIX = re.compile(r"(?:jr|sr)\.?|I{2,3}|IV", re.IGNORECASE)
_OTHERS = re.compile(r"(?:and\s+)?(?:others|et\s*al\.?)", re.IGNORECASE)


def parse_names(text: str) -> tuple[tuple[Author, ...], bool]:
    """The authors, and whether the list was cut short ("and others").

    Raises:
        ValueError: with the name that can't be read, and how to write it.
    """
    names = [name.strip() for name in _split(" ".join(text.split()), _SEPARATOR)]
    is_cut = bool(names and _OTHERS.fullmatch(decode_latex(names[-1])))
    return tuple(parse_name(name) for name in (names[:-1] if is_cut else names)), is_cut


@lru_cache(maxsize=65536)
def parse_name(name: str) -> Author:
    """One name, LaTeX decoded.

    Raises:
        ValueError: with the name and what is wrong with it.
    """
    parts = [_list_words(part) for part in _split(name, _PART)]
    if len(parts) > 1 and not parts[-1]:
        parts.pop()
    if not any(parts):
        raise ValueError("a name between two 'and' is empty")
    if len(parts) > 3 or not parts[0]:
        raise ValueError(f"{decode_latex(name)!r} is not one name: separate authors by 'and', not by commas")
    if len(parts) == 1:
        return _read_in_order(parts[0])
    particle, family = _split_particle(parts[0])
    return _make_author(given=parts[-1], family=family, particle=particle, suffix=parts[1] if len(parts) == 3 else [])


def _read_in_order(words: list[str]) -> Author:
    if len(words) == 1 and words[0].startswith("{") and not words[0].startswith("{\\"):
        literal = clean_line(decode_latex(words[0]))
        return Author(literal=literal) if literal else _refuse_empty()
    suffix = [words.pop()] if len(words) > 2 and _SUFFIX.fullmatch(words[-1]) else []
    lower = [index for index, word in enumerate(words[:-1]) if _is_lower(word)]
    start = lower[0] if lower else len(words) - 1
    particle, family = _split_particle(words[start:])
    return _make_author(given=words[:start], family=family, particle=particle, suffix=suffix)


def _split_particle(words: list[str]) -> tuple[list[str], list[str]]:
    """`van der Berg` as particle and family name; the last word always belongs to the family name."""
    if not _is_lower(words[0]):
        return [], words
    end = max((index for index, word in enumerate(words[:-1]) if _is_lower(word)), default=-1) + 1
    return words[:end], words[end:]


def _make_author(given: list[str], family: list[str], particle: list[str], suffix: list[str]) -> Author:
    decoded = [clean_line(decode_latex(" ".join(words))) for words in (given, family, particle, suffix)]
    if not decoded[1]:
        _refuse_empty()
    return Author(given=decoded[0], family=decoded[1], particle=decoded[2], suffix=decoded[3])


def _refuse_empty() -> Author:
    raise ValueError("a name has no letters in it")


def _list_words(text: str) -> list[str]:
    return [word for word in _split(text, _WORD) if word]


def _split(text: str, separator_or_brace: re.Pattern[str]) -> Iterator[str]:
    """The stretches between separators outside of braces."""
    depth = start = 0
    for match in separator_or_brace.finditer(text):
        if match[0] == "{":
            depth += 1
        elif match[0] == "}":
            depth -= 1
        elif depth <= 0:
            yield text[start : match.start()]
            start = match.end()
    yield text[start:]


def _is_lower(word: str) -> bool:
    """Whether a word counts as lower case; one in braces has no case, behind an accent the letter counts."""
    if word.startswith("{") and not word.startswith("{\\"):
        return False
    if word[0].isalpha():
        return word[0].islower()
    first = next((letter for letter in decode_latex(word) if letter.isalpha()), "")
    return first.islower()
