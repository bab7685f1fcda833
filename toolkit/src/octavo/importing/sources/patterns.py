"""Finds identifiers in texts, bare or in an address that people copy from the browser."""

from __future__ import annotations

import re
from collections.abc import Callable

from octavo.model.identifiers import ORCID_PATTERN, normalize_orcid

Normalize = Callable[[str], str]
"""The bare identifier in text, which may be an address; empty if there is none."""


def match(pattern: str, fold: Callable[[str], str] = str) -> Normalize:
    """Finds the first group of a pattern, which must match text without scheme, `www.`, query, and closing slash."""

    def normalize(text: str) -> str:
        bare = re.sub(r"^(?:https?://)?(?:www\.)?", "", text.strip(), flags=re.IGNORECASE).partition("?")[0].rstrip("/")
        found = re.fullmatch(pattern, bare.replace("%26", "&"), re.IGNORECASE)  # `&` in ADS's bibcodes
        return fold(found[1]) if found else ""

    return normalize


_PEOPLE = r"orcid\.org/|europepmc\.org/authors/|commons\.datacite\.org/orcid\.org/|arxiv\.org/a/"
_find_orcid = match(rf"(?:{_PEOPLE})?({ORCID_PATTERN})")


def find_person(text: str) -> str:
    """The ORCID iD in text; empty if there is none, or its check digit is wrong."""
    return normalize_orcid(_find_orcid(text) or text)


def drop_name(path: str) -> str:
    """A group's path without the name that the addresses of its website include."""
    return re.sub(r"^(groups/[0-9]+)/[^/]+", r"\1", path)
