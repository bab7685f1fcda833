"""People: the authors of a work, as a table lists them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from functools import lru_cache
from typing import Annotated, Any

from octavo.model.authors import Author, parse_author
from octavo.model.fields import Nested, Role


@lru_cache(maxsize=65536)
def _split_name(text: str) -> dict[str, Any]:
    return {key: part for key, part in asdict(parse_author(text)).items() if part}


def _check_name(parts: Mapping[str, Any]) -> None:
    if bool(parts.get("family")) == bool(parts.get("literal")):
        raise ValueError("an author needs either family or literal")
    if parts.get("literal") and parts.keys() & {"given", "particle", "suffix"}:
        raise ValueError("a literal name has no other parts")


def _load_author(parts: Mapping[str, Any]) -> Author:
    return _make_author(*sorted(parts.items()))


@lru_cache(maxsize=65536)
def _make_author(*parts: tuple[str, Any]) -> Author:
    return Author(**dict(parts))


People = Annotated[
    tuple[Annotated[Author, Nested(Author, _split_name, _check_name, _load_author, "name")], ...],
    Role.PEOPLE,
    "[E. Noether, {given: Emil, family: Artin, corresponding: true}]",
]
"""In the work's own order; each as a text (`E. Noether`, `Noether, E.`) or by parts."""
