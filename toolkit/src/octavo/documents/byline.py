"""The byline: a work's authors, as documents print them."""

from __future__ import annotations

from collections.abc import Sequence

from octavo.documents.runs import Run, join_runs, plain_run
from octavo.model.authors import Author


def author_runs(authors: Sequence[Author], owner: Sequence[str], *, most: int = 30) -> list[Run]:
    """The authors in order, the owner in bold, with their marks for equal contribution and correspondence.

    If there are more than `most`, only a third as many are named, and the owner, with their number at the end.
    """
    # Bold sets the owner apart; a sole author needs no emphasis.
    names = [_author_name(author, owner if len(authors) > 1 else ()) for author in authors]
    if len(names) <= most:
        return join_runs(", ", names)
    shown = _abbreviate(names, authors, owner, most // 3)
    return [*join_runs(", ", shown), plain_run(f" ({len(names)} authors)")]


def _abbreviate(names: list[list[Run]], authors: Sequence[Author], owner: Sequence[str], first: int) -> list[list[Run]]:
    kept = [index for index, author in enumerate(authors) if index < first or author.is_named(owner)]
    shown: list[list[Run]] = []
    for index, following in zip(kept, [*kept[1:], len(names)], strict=True):
        shown.append(names[index])
        if following > index + 1:
            shown.append([plain_run("…")])
    return shown


def _author_name(author: Author, owner: Sequence[str]) -> list[Run]:
    marks = "".join(mark for mark, _ in author.marks)
    name = plain_run(str(author), whole=True, strong=author.is_named(owner))
    return [name, *([plain_run(marks, raised=True)] if marks else [])]
