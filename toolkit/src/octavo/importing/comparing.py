"""Compares two values of a field, literally or in substance."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from itertools import zip_longest
from typing import Any

from octavo.citations.biblatex import TYPES as _BIBLATEX_TYPES
from octavo.citations.bibtex import TYPES as _BIBTEX_TYPES
from octavo.citations.ris import TYPES as _RIS_TYPES
from octavo.language.tags import read_language
from octavo.markdown import plain_title
from octavo.model.authors import Author, parse_author
from octavo.model.dates import PartialDate
from octavo.model.identifiers import fold_doi, normalize_arxiv

_WORD = re.compile(r"[^\W_]+")
_FORMATS_TYPES = (_BIBTEX_TYPES, _BIBLATEX_TYPES, _RIS_TYPES)
_LITTLE_WORDS = frozenset({"and", "at", "for", "in", "of", "on", "the", "to"})


def is_same(one: Any, other: Any) -> bool:
    """Whether two values are equal, regardless of how YAML or JSON writes them; names are compared part by part."""
    return bool(_canonize(one) == _canonize(other))


def is_alike(path: str, yours: Any, theirs: Any) -> bool:
    """Whether a person would call the owner's value and a source's the same.

    Used only where a row was written by hand and a source describes it for the first time: `E. Noether` and
    `Emmy Noether`, `2026` and `2026-07-07`, or a title in different case are no conflict.
    """
    compare = _COMPARISONS.get(path, _compare_texts)
    return path.startswith("links.") or compare(yours, theirs)


@lru_cache(maxsize=65536)
def fold_text(text: str) -> str:
    """Letters and digits only, in lower case, without accents and Markdown, words separated by a space."""
    bare = plain_title(text).casefold()
    if not bare.isascii():
        bare = "".join(letter for letter in unicodedata.normalize("NFKD", bare) if not unicodedata.combining(letter))
    return " ".join(_WORD.findall(bare))


def may_abbreviate(one: str, other: str) -> bool:
    """Whether one folded name may stand for the other: `osdi`, `j mach learn res`, or `proc of osdi` and `osdi`."""
    short, long = sorted((one.split(), other.split()), key=len)
    if set(short) <= set(long):
        return True
    rest = iter(long)
    if all(any(word.startswith(part) for word in rest) for part in short):
        return True
    initials = "".join(word[0] for word in long if word not in _LITTLE_WORDS)
    return len(short) == 1 and len(short[0]) > 1 and short[0] in initials


def read_author(value: Any) -> Author:
    """An author as a table has it: a name, or its parts.

    Raises:
        ValueError: if it is neither.
    """
    if isinstance(value, str):
        return parse_author(value)
    if not isinstance(value, Mapping):
        raise ValueError(f"{value!r} isn't an author")
    names = ("given", "family", "particle", "suffix", "literal", "orcid")
    given, family, particle, suffix, literal, orcid = (str(value.get(name) or "").strip() for name in names)
    equal, corresponding = (str(value.get(name)).strip().lower() == "true" for name in ("equal", "corresponding"))
    return Author(given, family, particle, suffix, literal, equal, corresponding, orcid)


def _canonize(value: Any) -> Any:
    if isinstance(value, str):
        return " ".join(value.split()) if "\n" not in value else "\n".join(line.strip() for line in value.split("\n"))
    if isinstance(value, Sequence):
        return [_canonize_item(item) for item in value]
    if isinstance(value, Mapping):
        return {key: _canonize(part) for key, part in value.items()}
    return value


def _canonize_item(item: Any) -> Any:
    try:
        return read_author(item)
    except ValueError:
        return item


def _compare_texts(yours: Any, theirs: Any) -> bool:
    if not isinstance(yours, str) or not isinstance(theirs, str):
        return False
    return fold_text(yours) == fold_text(theirs)


def _compare_authors(yours: Any, theirs: Any) -> bool:
    try:
        pairs = zip_longest(map(read_author, yours), map(read_author, theirs))
        return all(one and other and _may_be_same(one, other) for one, other in pairs)
    except (TypeError, ValueError):
        return False


def _may_be_same(one: Author, other: Author) -> bool:
    """Whether one name may be the other, abbreviated."""
    family = [fold_text(f"{author.particle} {author.family} {author.literal}") for author in (one, other)]
    given = [fold_text(author.given).split() for author in (one, other)]
    return family[0] == family[1] and _abbreviates(*given)


def _abbreviates(one: list[str], other: list[str]) -> bool:
    """`j h` and `jae hyung`, or `e` and `emmy`, but not `jan` and `jae`."""
    one, other = (_split_initials(names, against) for names, against in ((one, other), (other, one)))
    return all(a.startswith(b) or b.startswith(a) for a, b in zip(one, other, strict=False))


def _split_initials(names: list[str], against: list[str]) -> list[str]:
    """`jh` as `j h` if it abbreviates two names."""
    is_joined = len(names) == 1 and len(names[0]) <= 3 and len(against) == len(names[0])
    return list(names[0]) if is_joined else names


def _compare_types(yours: Any, theirs: Any) -> bool:
    """Whether some format has only one type for both, so that the difference may come from the format."""
    return any(yours in types and types[yours] == types.get(theirs) for types in _FORMATS_TYPES)


def _compare_dates(yours: Any, theirs: Any) -> bool:
    try:
        one, other = PartialDate.parse(yours), PartialDate.parse(theirs)
    except (ValueError, AttributeError):
        return False
    narrow, wide = sorted((one, other), key=lambda date: date.last - date.first)
    return wide.first <= narrow.first and narrow.last <= wide.last


_COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    **dict.fromkeys(("authors", "editors", "translators"), _compare_authors),
    **dict.fromkeys(("date", "event_date"), _compare_dates),
    "type": _compare_types,
    "language": lambda yours, theirs: (
        _compare_texts(yours, theirs) or read_language(yours or "") == read_language(theirs or "") != ""
    ),
    "doi": lambda yours, theirs: fold_doi(yours) == fold_doi(theirs),
    "arxiv": lambda yours, theirs: normalize_arxiv(yours) == normalize_arxiv(theirs),
}
