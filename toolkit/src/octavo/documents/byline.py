"""The byline: a work's authors, as documents print them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from octavo.documents.runs import Run, isolate_runs, join_runs, make_absolute, plain_run
from octavo.language.words import write_count, write_word
from octavo.model.authors import Author, collect_marks
from octavo.model.profile import Owner, fold_authors, list_names


def author_runs(authors: Sequence[Author], owner: Owner, site_url: str = "") -> list[Run]:
    """The authors in order with their marks, the owner in bold; long lists are shortened as on the pages.

    Known people are linked; links to pages of the site itself begin with `site_url`.
    """
    byline = fold_authors(authors, owner)
    # Bold sets the owner apart; a sole author needs no emphasis.
    names = list_names(owner) if len(authors) > 1 else ()
    separator = write_word("list-separator")
    runs = join_runs(separator, [_author_name(author, names, site_url) for author in byline.shown])
    if byline.hidden:
        runs.append(plain_run(f"{separator}… {write_count('more-authors', byline.hidden)}"))
    including = join_runs(separator, [_author_name(author, names, site_url) for author in byline.including])
    return join_runs(write_word("including"), [runs, including])


def marks_runs(works: Iterable[Iterable[Author]]) -> list[Run]:
    """What each mark that occurs after an author's name means."""
    return join_runs(
        write_word("list-separator"),
        [[plain_run(mark, raised=True), plain_run(f" {meaning}")] for mark, meaning in collect_marks(works)],
    )


def _author_name(author: Author, owner: Sequence[str], site_url: str) -> list[Run]:
    marks = "".join(mark for mark, _ in author.marks)
    link = make_absolute(author.address, site_url) if author.address else None
    name = plain_run(str(author), whole=True, strong=author.is_named(owner), link=link, quiet=bool(link))
    return [*isolate_runs([name]), *([plain_run(marks, raised=True)] if marks else [])]
