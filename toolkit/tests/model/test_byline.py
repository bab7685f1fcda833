"""The byline: which authors are named, the same on pages, on cards, and in documents."""

from __future__ import annotations

import pytest

from octavo.model.authors import Author
from octavo.model.profile import Byline, Profile, fold_authors


def make_authors(number: int) -> list[Author]:
    return [Author("A.", f"Author{index}") for index in range(number)]


@pytest.mark.parametrize("number", [0, 1, 10, 12])
def test_all_authors_are_named_if_they_are_few_or_folding_would_hide_only_two(number: int) -> None:
    authors = make_authors(number)
    assert fold_authors(authors) == Byline(tuple(authors))


def test_of_thousands_of_authors_the_first_ten_are_named_and_the_others_counted() -> None:
    authors = make_authors(3000)
    assert fold_authors(authors) == Byline(tuple(authors[:10]), 2990)


def test_an_owner_among_the_others_is_named() -> None:
    authors = make_authors(3000)
    assert fold_authors(authors, ["A. Author2999"]).including == (authors[2999],)


def test_an_owner_among_the_first_is_not_named_twice() -> None:
    assert fold_authors(make_authors(3000), ["A. Author3"]).including == ()


def test_the_profile_sets_how_many_are_named() -> None:
    profile = Profile(name="A. Author7", names=("A. Author7",), authors_shown=3)
    authors = make_authors(9)
    assert fold_authors(authors, profile) == Byline(tuple(authors[:3]), 6, (authors[7],))
