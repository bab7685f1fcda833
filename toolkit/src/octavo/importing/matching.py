"""Which row of the table, or which other record, a record is about.

By DOI, then by arXiv identifier, then by title, first author and year. What is neither surely the same nor surely
another is a question for a person and never a merge.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

# Titles, of 100, by rapidfuzz's ratio (the normalized indel distance). Between a title's versions in Crossref, DBLP
# and arXiv stand a hyphen, a plural, "toward(s)": one to three letters in seventy, which is 97 and more. Two papers of
# one group in one year with a word in seven exchanged come to about 85 to 94: that is a question.
SAME_TITLE = 95.0
SIMILAR_TITLE = 85.0
# A preprint may be this much older than the paper; a conference's year and its proceedings' differ by one.
PREPRINT_YEARS = 3
YEARS = 1

# Words that more titles than this have in common tell nothing.
_COMMON = 300
_RAREST = 4
_ROMAN = re.compile(r"i{1,3}|i?v|vi{1,3}|i?x")


@dataclass(slots=True)
class Work:
    """What a row or record is recognized by; texts folded, identifiers normalized, empty where unknown."""

    title: str
    author: str
    year: int | None
    doi: str = ""
    arxiv: str = ""
    is_preprint: bool = False


@dataclass(frozen=True, slots=True)
class Match:
    """The number of a work that was added before, and how sure it is that it is the same."""

    number: int
    is_sure: bool
    score: float
    reason: str


@dataclass
class Matcher:
    """Works that were added, found again in time that hardly grows with their number."""

    works: list[Work] = field(default_factory=list)
    _dois: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    _arxivs: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    _titles: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    _words: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))

    def add(self, work: Work) -> int:
        """Remember a work; its number counts from 0."""
        number = len(self.works)
        self.works.append(work)
        self.extend(number, work.doi, work.arxiv)
        self._titles[work.title].append(number)
        for word in set(work.title.split()):
            self._words[word].append(number)
        return number

    def extend(self, number: int, doi: str, arxiv: str) -> None:
        """Learn more identifiers of a work, as the DOI of what was a preprint."""
        work = self.works[number]
        work.doi, work.arxiv = work.doi or doi, work.arxiv or arxiv
        for index, identifier in ((self._dois, doi), (self._arxivs, arxiv)):
            if identifier and number not in index[identifier]:
                index[identifier].append(number)

    def find(self, work: Work) -> list[Match]:
        """The works that it may be, the likeliest first; a sure one alone."""
        by_doi, by_arxiv = self._dois.get(work.doi, []), self._arxivs.get(work.arxiv, [])
        named = list(dict.fromkeys([*by_doi, *by_arxiv]))
        if len(named) > 1:
            return [Match(number, False, 100, "by identifier, like another row") for number in named]
        if named:
            return [Match(named[0], True, 100, "DOI" if by_doi else "arXiv")]
        found = (self._judge(work, number, score) for number, score in self._list_candidates(work))
        matches = sorted((match for match in found if match), key=lambda match: (not match.is_sure, -match.score))
        sure = [match for match in matches if match.is_sure]
        if len(sure) > 1:
            return [Match(match.number, False, match.score, match.reason) for match in sure]
        return sure or matches

    def _list_candidates(self, work: Work) -> Iterable[tuple[int, float]]:
        """Works that share the title or one of its rarest words, with the likeness of their titles."""
        words = sorted(set(work.title.split()), key=lambda word: len(self._words.get(word, ())))
        rare = [word for word in words if 0 < len(self._words.get(word, ())) <= _COMMON][:_RAREST]
        shared = [self._titles.get(work.title, []), *(self._words[word] for word in rare)]
        numbers = dict.fromkeys(number for numbers in shared for number in numbers)
        if not numbers:
            return []
        from rapidfuzz import fuzz, process  # only where identifiers didn't decide

        titles = {number: self.works[number].title for number in numbers}
        found = process.extract(work.title, titles, scorer=fuzz.ratio, score_cutoff=SIMILAR_TITLE, limit=None)
        return [(number, score) for _, score, number in found]

    def _judge(self, work: Work, number: int, score: float) -> Match | None:
        other = self.works[number]
        if _excludes(work.doi, other.doi, work, other) or _excludes(work.arxiv, other.arxiv, work, other):
            return None
        same_author = bool(work.author) and work.author == other.author
        same_year = _are_near(work, other)
        if not (same_author and same_year) and (score < SAME_TITLE or not (same_author or same_year)):
            return None
        same_numbers = _list_numbers(work.title) == _list_numbers(other.title)
        is_sure = score >= SAME_TITLE and same_author and same_year and same_numbers
        if (work.doi and other.doi) or (work.arxiv and other.arxiv):
            is_sure = False  # a preprint with a DOI of its own, or a later version of the paper?
        return Match(number, is_sure, score, f"title {score:.0f} of 100")


def _excludes(one: str, other: str, work: Work, known: Work) -> bool:
    """Whether two identifiers say that these are two works; a preprint's may differ from the paper's."""
    return bool(one and other and one != other and work.is_preprint == known.is_preprint)


def _are_near(one: Work, other: Work) -> bool:
    if one.year is None or other.year is None:
        return True
    return abs(one.year - other.year) <= (PREPRINT_YEARS if one.is_preprint != other.is_preprint else YEARS)


def _list_numbers(title: str) -> list[str]:
    """Digits and Roman numerals: `Part I` and `Part II` are one letter apart and two papers."""
    return [word for word in title.split() if any(map(str.isdigit, word)) or _ROMAN.fullmatch(word)]
