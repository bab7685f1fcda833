"""Capitals: which of a title's a bibliography style must not lower.

Styles that set titles in sentence case lower every letter after the first that no braces protect. The rule:

- A part of a word (words are parted by blanks, hyphens and slashes) with a capital beyond its first letter is
  protected: {ICM}, {MoE}, {V2V}, multi-{LLM}.
- So is a capital that stands alone, {X}-ray, except A, which begins a title's second half more often than it names
  something.
- In a title in sentence case, each capital at the start of a word is meant: Bayesian, Göttingen, and every German
  noun. A title is in sentence case when a word that title case would raise begins with a small letter. The first
  word, and one after a colon, are left to the style, which keeps them.

Not protected are names in a title in title case: without knowing the language's words nobody can tell them apart.
"""

from __future__ import annotations

import re

# What titles in title case write small: articles, conjunctions and prepositions (Chicago Manual of Style, 8.159).
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


def find_capitals(title: str) -> list[tuple[int, int]]:
    """The spans of the title's parts of words whose capitals are to be kept, without punctuation, in order."""
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
    return sentence and not re.search(r":\s*\W*$", before) and _begins_word(before)


def _begins_word(before: str) -> bool:
    return before.rstrip(_OPENING)[-1:].isspace()


def _is_sentence_case(title: str) -> bool:
    words = [match[0] for match in _WORD.finditer(title)]
    return any(word.islower() and word not in _SMALL_WORDS for word in words[1:])
