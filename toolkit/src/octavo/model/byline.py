"""The byline: which authors of a work are named where there is no room for thousands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from octavo.model.authors import Author
from octavo.model.profile import AUTHORS_SHOWN, Profile

Owner: TypeAlias = Profile | Sequence[str]
"""Whose site it is: the profile, or the owner's names alone."""

# Hiding one or two names saves no room: saying that they are hidden takes as much.
_SPARED = 2


@dataclass(frozen=True, slots=True)
class Byline:
    """The authors that are named, of those that a work has."""

    shown: tuple[Author, ...]
    """The first ones, in order; all of them unless they are too many."""
    hidden: int = 0
    """How many come after them."""
    including: tuple[Author, ...] = ()
    """The owner, if among those."""


def fold_authors(authors: Sequence[Author], owner: Owner = ()) -> Byline:
    """All authors, or the first ones and the owner if there are more than the profile's `authors_shown`."""
    most = owner.authors_shown if isinstance(owner, Profile) else AUTHORS_SHOWN
    if len(authors) <= most + _SPARED:
        return Byline(tuple(authors))
    rest, names = authors[most:], list_names(owner)
    return Byline(tuple(authors[:most]), len(rest), tuple(author for author in rest if author.is_named(names)))


def list_names(owner: Owner) -> Sequence[str]:
    """The owner's names, the one that the site uses first."""
    return owner.names if isinstance(owner, Profile) else owner
