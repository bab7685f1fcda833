"""Limits on a single answer: a larger one is refused as a whole, and the error names the limit.

The limit on its bytes is in `octavo.network`, those on time in `octavo.importing.client`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from octavo.importing.answers import SourceError

# Works of one person. Physicists at CERN have over 2,000; an account with more than this lists several people's.
MOST_WORKS = 10_000
# Authors of one work. The longest list so far has about 15,000 (https://doi.org/10.1093/bjs/znab101).
MOST_AUTHORS = 20_000
# Authors of all works in one answer. arXiv is asked for 50 preprints at a time, and one from CERN has up to 5,000.
MOST_AUTHORS_IN_ANSWER = 300_000
# Works asked for at a time where each may have a collaboration's 5,000 authors.
SMALL_PAGE = 50
# Characters of BibTeX. DBLP writes about 700 for each work, and reading ten million takes some ten seconds.
MOST_BIBTEX = 10_000_000
# JSON values or XML tags. An ORCID record of 3,000 works has about 500,000; each takes up to 100 bytes of memory.
MOST_VALUES = 2_000_000
# XML attributes. arXiv gives about thirty for each preprint, and a parser takes ten seconds for a million in one tag.
MOST_ATTRIBUTES = 100_000
# Levels of JSON or XML. The sources use fewer than 12, and code that recurses can fail from a few hundred on.
MOST_LEVELS = 50


def check_count(count: int, most: int, what: str) -> None:
    """Refuse an answer with too many of something.

    Raises:
        SourceError: If `count` is larger than `most`.
    """
    if count > most:
        raise SourceError(f"the answer has more than {most:,} {what}")


def check_levels(root: Any, list_children: Callable[[Any], Iterable[Any]]) -> None:
    """Refuse a tree that is nested too deeply, without recursion.

    Raises:
        SourceError: If it has more than `MOST_LEVELS` levels.
    """
    level = [root]
    for _ in range(MOST_LEVELS):
        level = [child for node in level for child in list_children(node)]
        if not level:
            return
    raise SourceError(f"the answer is nested more than {MOST_LEVELS} levels deep")


def check_authors(counts: Iterable[int]) -> None:
    """Refuse an answer whose works have too many authors, each or together.

    Raises:
        SourceError: If there are more than `MOST_AUTHORS` or `MOST_AUTHORS_IN_ANSWER`.
    """
    total = 0
    for count in counts:
        check_count(count, MOST_AUTHORS, "authors of one work")
        total += count
    check_count(total, MOST_AUTHORS_IN_ANSWER, "authors")
