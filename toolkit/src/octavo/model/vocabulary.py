"""The words that some fields are limited to: types, statuses, roles of links."""

from __future__ import annotations

from typing import Literal, get_args

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

Status = Literal[
    "published",
    "to appear",
    "accepted",
    "under submission",
    "under review",
    "preprint",
    "in preparation",
]

# A preprint is out: if it has a date, it is listed under its year.
FORTHCOMING: tuple[Status, ...] = (
    "to appear",
    "accepted",
    "under submission",
    "under review",
    "in preparation",
)

LinkRole = Literal["paper", "arxiv", "doi", "poster", "slides", "code", "video", "data", "website", "publisher"]
LINK_ROLES: tuple[LinkRole, ...] = get_args(LinkRole)
"""In the order in which an entry shows them."""


def name_role(role: LinkRole) -> str:
    """What a link of this role is called: `arXiv`, `Poster`."""
    return {"arxiv": "arXiv", "doi": "DOI"}.get(role) or role.capitalize()


Paper = Literal["a4", "us-letter"]
