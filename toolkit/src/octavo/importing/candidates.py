"""An index that finds the works a new one might be, in time that hardly grows with their number."""

from __future__ import annotations

from collections import defaultdict

from rapidfuzz import fuzz, process

from octavo.importing.identity import SIMILAR_TITLE, Work

# Words in more titles than this don't narrow the search.
_COMMON = 300
_RAREST = 4


class Candidates:
    """Works by row id; a row may have several descriptions."""

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
