r"""LaTeX: text for BibTeX fields, and the capitals of titles that must be protected.

UTF-8 is kept, since BibLaTeX and today's LaTeX read it; for BibTeX's 8-bit styles, `escape_ascii` writes letters as
commands. BibTeX counts braces without looking at backslashes (Patashnik, BibTeXing, 1988), so a
brace of the text can't be written `\{`: it would have to be matched.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_COMMANDS = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "%": r"\%",
    "#": r"\#",
    "&": r"\&",
    "$": r"\$",
    "_": r"\_",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
    # Some parsers read `@word{` as the next entry even inside a field.
    "@": "{@}",
}
_SPECIAL = re.compile("[" + re.escape("".join(_COMMANDS)) + "]")
# TeX's fonts would turn these into dashes, quotation marks, and Spanish marks.
_LIGATURES = ("--", "''", "``", ",,", "<<", ">>", "?`", "!`")
_LIGATURE = re.compile("|".join(f"(?<={re.escape(pair[0])})(?={re.escape(pair[1])})" for pair in _LIGATURES))
_HAS_LIGATURE = re.compile("|".join(map(re.escape, _LIGATURES))).search

# LaTeX's accents, by Unicode's combining marks.
_ACCENTS = dict(
    zip(
        "\u0300\u0301\u0302\u0303\u0304\u0306\u0307\u0308\u030a\u030b\u030c\u0323\u0327\u0328\u0331",
        "`'^~=u.\"rHvdckb",
        strict=True,
    )
)
_LETTERS = dict(
    re.findall(
        r"(.)=(\w+)",
        "ß=ss æ=ae Æ=AE œ=oe Œ=OE ø=o Ø=O ł=l Ł=L ı=i –=textendash —=textemdash …=textellipsis “=textquotedblleft "
        "”=textquotedblright ‘=textquoteleft ’=textquoteright „=quotedblbase ‚=quotesinglbase «=guillemotleft "
        "»=guillemotright §=S ©=textcopyright °=textdegree ×=texttimes ±=textpm €=texteuro £=textsterling "
        "¿=textquestiondown ¡=textexclamdown ™=texttrademark ®=textregistered ·=textperiodcentered",
    )
)
# Words that title case doesn't capitalize: articles, conjunctions, prepositions (Chicago Manual of Style, 8.159).
_SMALL_WORDS = frozenset(
    """
    a about across after against all along among an and around as at be before behind below between beyond but
    by de down during et for from if in into is it its la like nor of off on onto or over per so than that the
    their through to toward towards under up upon v versus via vs when with within without yet
    """.split()  # noqa: SIM905  a list of words reads best as words
)
_OPENING = "([{\"'“‘„«‚"
# From a letter or digit to the last one before a blank, a hyphen, a dash or a slash.
_PART = re.compile(r"[^\W_](?:[^\s/‐-―-]*[^\W_])?")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


def escape_text(text: str) -> str:
    """The text as LaTeX prints it literally, with balanced braces."""
    # Looking for the pairs first is ten times as fast as the other expression, which has to try every place.
    if not _HAS_LIGATURE(text):
        return _SPECIAL.sub(_escape_special, text)
    return "{}".join(_SPECIAL.sub(_escape_special, part) for part in _LIGATURE.split(text))


def _escape_special(match: re.Match[str]) -> str:
    return _COMMANDS[match[0]]


def escape_ascii(latex: str) -> str:
    r"""The same LaTeX in ASCII: letters with accents as commands, `{\"o}`, all others by number, `{\symbol{"6570}}`."""
    return latex if latex.isascii() else "".join(map(_escape_letter, unicodedata.normalize("NFC", latex)))


@lru_cache(maxsize=4096)
def _escape_letter(letter: str) -> str:
    if letter.isascii():
        return letter
    base, *marks = list(unicodedata.normalize("NFD", letter))
    written = base if base.isascii() else f"\\{_LETTERS[base]}" if base in _LETTERS else ""
    if not written or not set(marks) <= _ACCENTS.keys():
        return f'{{\\symbol{{"{ord(letter):04X}}}}}'
    for mark in marks:
        accent = _ACCENTS[mark]
        is_brief = written == base and not accent.isalpha()
        written = f"\\{accent}{base}" if is_brief else f"\\{accent}{{{written}}}"
    return f"{{{written}}}"


def find_capitals(title: str) -> list[tuple[int, int]]:
    """The spans of words, or parts of words, in the title whose capitals must be kept, without punctuation, in order.

    Styles that set titles in sentence case lower every letter after the first that no braces protect. The rule:

    - A part of a word (words are separated by spaces, hyphens, and slashes) with a capital beyond its first letter is
      protected: {ICM}, {MoE}, {V2V}, multi-{LLM}.
    - So is a capital that stands alone, {X}-ray, except A, which begins a title's second half more often than it names
      something.
    - In a title in sentence case, each capital at the start of a word is meant: Bayesian, Göttingen, and every German
      noun. A title is in sentence case if a word that title case would capitalize isn't capitalized. The first
      word, and one after a colon, are left to the style, which keeps them.

    Names in a title in title case aren't protected: without a dictionary, they can't be told from other words.
    """
    sentence = _is_sentence_case(title)
    return [match.span() for match in _PART.finditer(title) if _is_kept(title, match, sentence=sentence)]


def _is_kept(title: str, match: re.Match[str], *, sentence: bool) -> bool:
    if match[0].islower():  # as most are
        return False
    letters = [character for character in match[0] if character.isalnum()]
    if any(map(str.isupper, letters[1:])):
        return True
    before = title[: match.start()]
    if not letters[0].isupper() or not any(map(str.isalnum, before)):
        return False
    if len(letters) == 1:
        return letters[0] != "A"
    return sentence and not re.search(r":\s*\W*$", before) and before.rstrip(_OPENING)[-1:].isspace()


def _is_sentence_case(title: str) -> bool:
    words = [match[0] for match in _WORD.finditer(title)]
    return any(word.islower() and word not in _SMALL_WORDS for word in words[1:])
