"""Decides whether two descriptions are of the same work. These are all the rules:

1. Two entries of one list (a file, or a registry's list of somebody's works) are two works, unless they share a DOI or
   arXiv identifier and contradict each other in neither title, type, container, volume, issue, nor pages. Where all of
   that agrees but there is no shared identifier, a person is asked, unless both are articles with a title of several
   words, and all authors, the date, and the container are the same.
2. Descriptions from two sources are of one work if they share an identifier and a title. Without an identifier, they
   are if nothing contradicts: title, all authors, year, type, container, and numbers; a title of a few words, such as
   "Editorial", must have the container in common too. Where something differs, a person is asked.
3. A preprint and a published paper are one work if they share an identifier and a title; or if title and all authors
   are the same, the paper came out at most a year before and three years after the preprint, and no identifier
   contradicts.
4. A shared identifier with different titles, such as the DOI of a whole volume, is no evidence: within a list it is
   reported, otherwise a person is asked. Only what was looked up by that identifier may have another title, if the
   first author is the same.
5. Two published works with different DOIs are different.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from enum import IntEnum
from typing import Any, NamedTuple

from rapidfuzz import fuzz, process

from octavo.importing.comparing import fold_text, is_alike, may_abbreviate, read_author
from octavo.importing.statement import is_published
from octavo.model.dates import PartialDate
from octavo.model.identifiers import find_arxiv, fold_doi, normalize_arxiv
from octavo.model.links import find_address
from octavo.model.vocabulary import UNPUBLISHED

# Of 100, by rapidfuzz's ratio (the normalized indel distance). Two papers of one group in one year with a word in seven
# exchanged come to about 85 to 94, and to more if the titles are long: that is a question.
SIMILAR_TITLE = 85.0
# A conference's year and its proceedings' differ by one.
_YEARS = 1
_PREPRINT_YEARS = range(-1, 4)
# Shorter titles are shared by many works.
_TELLING_WORDS = 4
# Unlike patents, data sets, and talks, two of these never have the same title, authors, date, and container.
_ARTICLES = frozenset({"article-journal", "chapter", "paper-conference"})
_ROMAN = re.compile(r"i{1,3}|i?v|vi{1,3}|i?x")
# Words in more titles than this don't narrow the search.
_COMMON = 300
_RAREST = 4


class Likeness(IntEnum):
    """How two descriptions relate, weakest first."""

    OTHER = 0
    CLASH = 1
    """Two works in one list share an identifier, which is wrong or belongs to a whole volume."""
    ASK = 2
    SAME = 3


class Work(NamedTuple):
    """What identifies a work: folded texts and normalized identifiers, empty if unknown."""

    title: str
    people: tuple[str, ...]
    """The last word of each author's or editor's family name: sources disagree about particles and double surnames."""
    year: int | None
    issued: str
    """The date in EDTF."""
    type: str
    containers: tuple[str, ...]
    numbers: tuple[str, str, str]
    """Volume, issue, pages."""
    doi: str
    arxiv: str
    is_preprint: bool


class Relation(NamedTuple):
    """How the sources of two descriptions relate."""

    is_sibling: bool = False
    """Both are entries of one list."""
    is_former: bool = False
    """The known one was in the list before, and the new one may have replaced it."""
    is_lookup: bool = False
    """The new one was looked up by its identifier."""
    is_named: bool = False
    """The new one's key is the id of the known one's row."""


def describe_work(fields: Mapping[str, Any]) -> Work:
    """What identifies a row, or a statement."""
    addresses = [str(find_address(fields.get("links"), role) or "") for role in ("arxiv", "doi", "paper")]
    texts = {name: str(fields.get(name) or "") for name in ("title", "type", "date", "doi", "arxiv")}
    date = _read_date(texts["date"])
    doi = fold_doi(texts["doi"]) or next(filter(None, map(fold_doi, addresses)), "")
    containers = (fold_text(str(fields.get(name) or "")) for name in ("venue", "container_title"))
    volume, issue, pages = (fold_text(str(fields.get(name) or "")) for name in ("volume", "issue", "page"))
    people = tuple(_list_families(fields.get("authors") or fields.get("editors")))
    return Work(
        title=fold_text(texts["title"]) or texts["title"].strip(), people=people,
        year=date.year if date else None, issued=date.edtf if date else "",
        type=texts["type"], containers=tuple(filter(None, containers)),
        numbers=(volume, issue, pages), doi="" if normalize_arxiv(doi) else doi,
        arxiv=normalize_arxiv(texts["arxiv"]) or find_arxiv(*addresses) or normalize_arxiv(doi),
        is_preprint=_is_preprint(fields),
    )  # fmt: skip


def _is_preprint(fields: Mapping[str, Any]) -> bool:
    """Whether it may have been published since, unlike a talk or a thesis without a venue."""
    if fields.get("status") == "preprint":
        return True
    is_manuscript = fields.get("type") == "article" or fields.get("arxiv") or fields.get("status") in UNPUBLISHED
    return bool(is_manuscript) and not is_published(fields)


def compare(new: Work, known: Work, relation: Relation) -> tuple[Likeness, str]:
    """Whether the two are the same work, and why."""
    is_titled = has_same_title(new, known)
    shared = find_shared(new, known)
    if shared and not is_titled:
        if relation.is_lookup and _share_first_author(new, known):
            return Likeness.SAME, f"looked up by {shared}"
        return (Likeness.CLASH if relation.is_sibling else Likeness.ASK), f"{shared}, but another title"
    if shared:
        fault = relation.is_sibling and new.is_preprint == known.is_preprint and next(_list_faults(new, known), "")
        return (Likeness.ASK, f"{shared}, but another {fault}") if fault else (Likeness.SAME, f"{shared} and title")
    if _exclude(new, known):
        return Likeness.OTHER, ""
    if is_titled and _are_versions(new, known):
        return Likeness.SAME, "preprint and paper: title and authors"
    return _compare_siblings(new, known) if relation.is_sibling else _compare_strangers(new, known, relation)


def has_same_title(one: Work, other: Work) -> bool:
    """Whether two titles are the same apart from hyphens and the ends of words (`toward` and `towards`, plurals)."""
    words, others = one.title.split(), other.title.split()
    if "".join(words) == "".join(others):
        return True
    return len(words) == len(others) and all(map(_is_same_word, words, others))


def _is_same_word(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    is_ending = long.startswith(short) and len(long) - len(short) <= 2 and len(short) > 3 and long.isalpha()
    return one == other or is_ending


def find_shared(one: Work, other: Work) -> str:
    """The kind of identifier that both have in common; empty if none."""
    if one.doi and one.doi == other.doi:
        return "DOI"
    return "arXiv identifier" if one.arxiv and one.arxiv == other.arxiv else ""


def is_still(new: Work, before: Work) -> bool:
    """Whether an entry that has changed is still about the same work."""
    if find_shared(new, before):
        return True
    if (new.doi and before.doi) or (new.arxiv and before.arxiv) or new.people[:1] != before.people[:1]:
        return False
    is_similar = fuzz.ratio(new.title, before.title) >= SIMILAR_TITLE
    return is_similar and _list_numerals(new) == _list_numerals(before)


def _compare_siblings(new: Work, known: Work) -> tuple[Likeness, str]:
    """Two entries of one list, without an identifier in common."""
    is_repeated = has_same_title(new, known) and _share_first_author(new, known) and _are_near(new, known)
    if not is_repeated or any(_list_faults(new, known)):
        return Likeness.OTHER, ""
    are_articles = {new.type, known.type} <= _ARTICLES and set(new.containers) & set(known.containers)
    less, more = sorted((new.issued, known.issued), key=len)
    is_one_date = less != "" and more.startswith(less)  # A column has the same title each month.
    if are_articles and _has_telling_title(new) and new.people == known.people and is_one_date:
        return Likeness.SAME, "title, authors, date, and container"
    return Likeness.ASK, "title and first author"


def _compare_strangers(new: Work, known: Work, relation: Relation) -> tuple[Likeness, str]:
    """Entries of two sources, or an entry and a row, without an identifier in common."""
    score = fuzz.ratio(new.title, known.title)
    is_near, same_author = _are_near(new, known), _share_first_author(new, known)
    is_telling = _has_telling_title(new)
    if not has_same_title(new, known):
        is_doubtful = score >= SIMILAR_TITLE and same_author and is_near
        return (Likeness.ASK if is_doubtful else Likeness.OTHER), f"titles are similar ({score:.0f} of 100)"
    if not same_author:
        return (Likeness.ASK if is_near and is_telling else Likeness.OTHER), "title, but another first author"
    faults = list(_list_faults(new, known))
    if any(fault in faults for fault in ("volume", "issue", "pages")) and not relation.is_former:
        return (Likeness.ASK if "container" in faults else Likeness.OTHER), "title and first author"
    if new.people != known.people:
        faults.append("list of authors")
    if new.year != known.year and new.year and known.year:
        faults.append("year")
    if faults:
        return Likeness.ASK, f"title and first author, but another {faults[0]}"
    agrees = is_telling or relation.is_named or (new.containers and known.containers)
    return (Likeness.SAME if agrees else Likeness.ASK), "title, authors, and year"


def _list_faults(one: Work, other: Work) -> Iterator[str]:
    """The fields in which both are known and contradict each other."""
    kinds = {one.type, other.type} - {"", "article", "document"}  # the last two are fallbacks
    if len(kinds) > 1 and not is_alike("type", one.type, other.type):
        yield "type"
    pairs = [(a, b) for a in one.containers for b in other.containers]
    if pairs and not any(may_abbreviate(*pair) for pair in pairs):
        yield "container"
    for name, number, known in zip(("volume", "issue", "pages"), one.numbers, other.numbers, strict=True):
        if number and known and number != known:
            yield name


def _are_versions(one: Work, other: Work) -> bool:
    """Whether one is the preprint of the other by title and authors, the titles being known to be the same."""
    if one.is_preprint == other.is_preprint or one.year is None or other.year is None:
        return False
    lag = other.year - one.year if one.is_preprint else one.year - other.year
    has_clash = one.doi and other.doi  # if they were the same, the works would have matched before
    return lag in _PREPRINT_YEARS and not has_clash and bool(one.people) and one.people == other.people


def _exclude(one: Work, other: Work) -> bool:
    """Whether identifiers prove that these are two works; a preprint's DOI may differ from the paper's."""
    if one.arxiv and other.arxiv and one.arxiv != other.arxiv:
        return True
    return bool(one.doi and other.doi and one.doi != other.doi) and one.is_preprint == other.is_preprint


def _has_telling_title(work: Work) -> bool:
    return len(work.title.split()) >= _TELLING_WORDS


def _share_first_author(one: Work, other: Work) -> bool:
    """Whether the same person comes first, or nobody is named."""
    return one.people[:1] == other.people[:1]


def _are_near(one: Work, other: Work) -> bool:
    if one.year is None or other.year is None:
        return True
    return abs(one.year - other.year) <= (max(_PREPRINT_YEARS) if one.is_preprint != other.is_preprint else _YEARS)


def _list_numerals(work: Work) -> list[str]:
    """Digits and Roman numerals: `Part I` and `Part II` are one letter apart and two papers."""
    return [word for word in work.title.split() if any(map(str.isdigit, word)) or _ROMAN.fullmatch(word)]


def _list_families(authors: Any) -> Iterator[str]:
    for value in authors if isinstance(authors, list | tuple) else ():
        try:
            author = read_author(value)
        except ValueError:
            continue
        words = fold_text(author.family or author.literal).split()
        yield words[-1] if words else ""


def _read_date(text: str) -> PartialDate | None:
    try:
        return PartialDate.parse(text)
    except ValueError:
        return None


class Candidates:
    """An index of works by row id, of which a row may have several; it finds those that a new one might be quickly."""

    def __init__(self) -> None:
        self._by_identifier: dict[str, list[str]] = defaultdict(list)
        self._by_title: dict[str, list[str]] = defaultdict(list)
        self._titles_with: dict[str, list[str]] = defaultdict(list)

    def add(self, row: str, work: Work) -> None:
        """Remember a description of a row."""
        for identifier in filter(None, (work.doi, work.arxiv)):
            self._by_identifier[identifier].append(row)
        if work.title not in self._by_title:
            for word in set(work.title.split()):
                self._titles_with[word].append(work.title)
        self._by_title[work.title].append(row)

    def find(self, work: Work) -> list[str]:
        """The rows that share an identifier, or have a similar title."""
        words = sorted(set(work.title.split()), key=lambda word: len(self._titles_with.get(word, ())))
        rare = [word for word in words if 0 < len(self._titles_with.get(word, ())) <= _COMMON][:_RAREST]
        titles = {work.title, *(title for word in rare for title in self._titles_with[word])}
        likely = process.extract(work.title, sorted(titles), scorer=fuzz.ratio, score_cutoff=SIMILAR_TITLE, limit=None)
        found = [row for title, _, _ in likely for row in self._by_title.get(title, ())]
        found += [row for name in (work.doi, work.arxiv) if name for row in self._by_identifier.get(name, ())]
        return list(dict.fromkeys(found))
