"""Terms: what the index holds of a text. `search.js` derives the same terms from what a reader types.

Case, marks, and compatibility forms are folded, and ä is an a and an ae: `nother`, `noether`, and `Nöther` find Nöther.
Scripts without spaces between words are cut into overlapping pairs of letters.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

# The script gets these from the page.
_LATIN = {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
PLAIN = _LATIN | {"ς": "σ", "ى": "ي", "ة": "ه", "ـ": ""}
SPELT = {"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"}
UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003fffd"
_WORD = re.compile(rf"[{UNSPACED}]+|[^\W_{UNSPACED}]+")
_plain, _spelt = str.maketrans(PLAIN), str.maketrans(SPELT)
_is_unspaced = re.compile(f"[{UNSPACED}]").match
# Arabic's article is written with its noun.
_ARTICLE = re.compile(r"^ال(?=\w\w)")


class _Marks(dict[int, int | None]):
    """What `str.translate` makes of a letter: nothing of a combining mark."""

    def __missing__(self, letter: int) -> int | None:
        self[letter] = None if unicodedata.category(chr(letter)).startswith("M") else letter
        return self[letter]


_marks = _Marks()


def list_terms(text: str) -> set[str]:
    """The different terms of a text."""
    forms = {fold(text)} if text.isascii() else {fold(text), spell(text)}
    words = {word for form in forms for word in _WORD.findall(form)}
    return {term for word in words for term in _cut(word)}


def fold(text: str) -> str:
    """The text without case and marks."""
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFKD", text).translate(_marks).lower().translate(_plain)


def spell(text: str) -> str:
    """The text folded, with umlauts spelled as two letters."""
    return fold(unicodedata.normalize("NFC", text.lower()).translate(_spelt))


def _cut(word: str) -> Iterable[str]:
    if word.isascii():
        return (word,)
    if not _is_unspaced(word):
        return (_ARTICLE.sub("", word),)
    # The last letter alone, so that every letter begins a term.
    return [word[start : start + 2] for start in range(len(word))]
