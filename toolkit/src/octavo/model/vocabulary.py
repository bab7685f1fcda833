"""The words that some fields are limited to: types, statuses, roles of links."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Literal, NewType, get_args

from octavo.language.current import DEFAULT
from octavo.language.words import name_key, name_value, read_words
from octavo.model.words import capitalize

# The item types of CSL 1.0.2, appendix III.
PublicationType = Literal[
    "article",
    "article-journal",
    "article-magazine",
    "article-newspaper",
    "bill",
    "book",
    "broadcast",
    "chapter",
    "classic",
    "collection",
    "dataset",
    "document",
    "entry",
    "entry-dictionary",
    "entry-encyclopedia",
    "event",
    "figure",
    "graphic",
    "hearing",
    "interview",
    "legal_case",
    "legislation",
    "manuscript",
    "map",
    "motion_picture",
    "musical_score",
    "pamphlet",
    "paper-conference",
    "patent",
    "performance",
    "periodical",
    "personal_communication",
    "post",
    "post-weblog",
    "regulation",
    "report",
    "review",
    "review-book",
    "software",
    "song",
    "speech",
    "standard",
    "thesis",
    "treaty",
    "webpage",
]

# Works of these types are always signed; some works of any other type have no named authors.
_SIGNED = frozenset({
    "article", "article-journal", "article-magazine", "chapter", "manuscript", "paper-conference", "patent", "review",
    "review-book", "speech", "thesis",
})  # fmt: skip
ANONYMOUS = frozenset(get_args(PublicationType)) - _SIGNED
"""The types of works that may have neither authors nor editors."""
NUMBERED = frozenset({"report", "patent", "standard"})
"""The types of works with their own number, even in a series."""
ISSUED_IN_NUMBERS = frozenset({"article-journal", "article-magazine", "article-newspaper", "review", "review-book"})
"""The types of works in journals, in which a work's own number replaces its pages."""

Status = Literal[
    "published",
    "to appear",
    "in press",
    "accepted",
    "under submission",
    "under review",
    "preprint",
    "in preparation",
    "retracted",
]

RETRACTED: Status = "retracted"
"""It was published and taken back, so it stays in the lists, and is marked everywhere."""

# The headings of unpublished works in lists, in order. A preprint is published, and so is listed under its year.
UNPUBLISHED: Mapping[str, str] = {
    "to appear": "forthcoming",
    "in press": "forthcoming",
    "accepted": "forthcoming",
    "under review": "under-review",
    "under submission": "under-review",
    "in preparation": "in-preparation",
}
UNDATED = "undated"


def name_status(status: str) -> str:
    """The status as a separate phrase."""
    return capitalize(name_value("status", status))


def name_shelf(shelf: str) -> str:
    """The heading of a part of a list: a year, or that of unpublished works."""
    return shelf if shelf.isdigit() else name_value("shelf", shelf)


LinkRole = Literal[
    "paper",
    "arxiv",
    "doi",
    "supplement",
    "poster",
    "slides",
    "talk",
    "code",
    "demo",
    "video",
    "data",
    "model",
    "huggingface",
    "project",
    "website",
    "publisher",
    "press",
    "correction",
    "retraction",
]
LINK_ROLES: tuple[LinkRole, ...] = get_args(LinkRole)
"""In the order in which an entry shows them."""


Label = NewType("Label", str)
"""The owner's own label of a link without a role."""
LinkName = LinkRole | Label


def label_link(name: LinkName) -> str:
    """The text of a link with this role, `arXiv` or `Poster`, or its label; `Poster 2` is the second of a role."""
    if name in LINK_ROLES:
        return name_value("link", name)
    label, _, number = name.rpartition(" ")
    role = next((role for role, english in _name_roles().items() if english == label), None)
    return f"{name_value('link', role)} {number}" if role and number.isdigit() else name


def number_link(name: LinkName, number: int) -> Label:
    """The label of another link of the same role or label, `Poster 2`, in English: all languages share it."""
    return Label(f"{_name_roles().get(name, name)} {number}")


@lru_cache(maxsize=1)
def _name_roles() -> dict[str, str]:
    return {role: str(read_words(DEFAULT)[name_key("link", role)]) for role in LINK_ROLES}


Network = Literal[
    "cv",
    "email",
    "scholar",
    "orcid",
    "github",
    "linkedin",
    "mastodon",
    "bluesky",
    "x",
    "dblp",
    "semantic-scholar",
    "huggingface",
]
"""Targets of the profile's links that aren't roles; like roles, each has an icon in the stylesheet."""

Paper = Literal["a4", "us-letter"]
