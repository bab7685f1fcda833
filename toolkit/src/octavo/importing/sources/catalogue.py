"""The sources that can be asked by name: `doi:10.…`, `arxiv:2411.08982`, `orcid:0000-…`, `dblp:PID`, `openalex:A…`.

A new one is a row here and a module with a `fetch` of the same form.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

from octavo.errors import OctavoError, Problem
from octavo.identifiers import normalize_arxiv, normalize_doi, normalize_orcid
from octavo.importing.record import Record

if TYPE_CHECKING:
    from octavo.importing.client import Client

Found = Iterator[Record | Problem]
Say = Callable[[str], None]
"""Where progress is told, a short line each time."""
Fetch = Callable[["Client", str, Sequence[str], Say], Found]
"""Asks a base address for identifiers, telling its progress."""


@dataclass(frozen=True, slots=True)
class Source:
    """A source, how its identifiers look, and where it is."""

    name: str
    normalize: Callable[[str], str]
    form: str
    variable: str
    """The environment variable that sets another base address, as a test's server or an institution's mirror."""
    base: str

    def read_base(self) -> str:
        """The base address, without a slash at its end."""
        return (os.environ.get(self.variable) or self.base).rstrip("/")

    def fetch(self, client: Client, identifiers: Sequence[str], say: Say) -> Found:
        """Records and problems for identifiers of this source; its module, and with it httpx, is imported now."""
        adapter: Fetch = import_module(f"octavo.importing.sources.{self.name}").fetch
        return adapter(client, self.read_base(), identifiers, say)


def _normalize_dblp(text: str) -> str:
    found = re.fullmatch(r"(?:https?://dblp\.org/pid/)?([a-z0-9]+/[A-Za-z0-9-]+)(?:\.html|\.bib|\.xml)?", text.strip())
    return found[1] if found else ""


def _normalize_openalex(text: str) -> str:
    found = re.fullmatch(r"(?:https?://openalex\.org/)?(?:authors/)?([Aa][0-9]+)", text.strip())
    return found[1].upper() if found else ""


SOURCES = {
    source.name: source
    for source in (
        Source("doi", normalize_doi, "doi:10.1145/3576915.3616582", "OCTAVO_DOI_URL", "https://doi.org"),
        Source("arxiv", normalize_arxiv, "arxiv:2411.08982", "OCTAVO_ARXIV_URL", "https://export.arxiv.org/api/query"),
        Source("orcid", normalize_orcid, "orcid:0000-0002-1825-0097", "OCTAVO_ORCID_URL", "https://pub.orcid.org/v3.0"),
        Source("dblp", _normalize_dblp, "dblp:65/9612", "OCTAVO_DBLP_URL", "https://dblp.org"),
        Source(
            "openalex", _normalize_openalex, "openalex:A5023888391", "OCTAVO_OPENALEX_URL", "https://api.openalex.org"
        ),
    )
}

# What a person copies from the browser's address line.
_ADDRESSES = (
    (re.compile(r"https?://(?:dx\.)?doi\.org/", re.IGNORECASE), "doi"),
    (re.compile(r"https?://(?:www\.|export\.)?arxiv\.org/", re.IGNORECASE), "arxiv"),
    (re.compile(r"https?://orcid\.org/", re.IGNORECASE), "orcid"),
    (re.compile(r"https?://dblp\.org/pid/", re.IGNORECASE), "dblp"),
    (re.compile(r"https?://openalex\.org/", re.IGNORECASE), "openalex"),
)


def parse_source(text: str) -> tuple[str, str] | None:
    """A source's name and the identifier there; None for anything that can only be a file.

    Raises:
        OctavoError: if it begins as a source does but the rest is no identifier of it.
    """
    name, identifier = _split_prefix(text)
    if name not in SOURCES:
        return None
    source = SOURCES[name]
    found = source.normalize(identifier)
    if not found:
        raise OctavoError(f"{text!r} isn't of the form {source.form}")
    return name, found


def _split_prefix(text: str) -> tuple[str, str]:
    for pattern, name in _ADDRESSES:
        if pattern.match(text):
            return name, text
    prefix, colon, rest = text.partition(":")
    return (prefix.lower(), rest) if colon else ("", text)
