"""The sources by name: `doi:10.…`, `arxiv:2411.08982`, `orcid:0000-…`, `dblp:PID`, `openalex:A…`.

To add one, add a row here and a module with a `fetch` of the same signature.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

from octavo.errors import OctavoError, Problem, quote_value
from octavo.importing.record import Record
from octavo.model.identifiers import normalize_arxiv, normalize_doi, normalize_orcid

if TYPE_CHECKING:
    from octavo.importing.client import Client

Found = Iterator[Record | Problem]
Say = Callable[[str], None]
"""Shows progress, one short line per call."""
Fetch = Callable[["Client", str, Sequence[str], Say], Found]
"""Looks identifiers up at a base address and shows progress."""


@dataclass(frozen=True, slots=True)
class Source:
    """A source, the form of its identifiers, and its address."""

    name: str
    normalize: Callable[[str], str]
    form: str
    variable: str
    """The environment variable that sets another base address, such as an institution's mirror or a test's server."""
    base: str

    def read_base(self) -> str:
        """The base address, without a trailing slash."""
        return (os.environ.get(self.variable) or self.base).rstrip("/")

    def fetch(self, client: Client, identifiers: Sequence[str], say: Say) -> Found:
        """Records and problems for identifiers of this source.

        Imports the source's module, and thereby httpx, only when called.
        """
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

# Addresses that people copy from the browser.
_ADDRESSES = (
    (re.compile(r"https?://(?:dx\.)?doi\.org/", re.IGNORECASE), "doi"),
    (re.compile(r"https?://(?:www\.|export\.)?arxiv\.org/", re.IGNORECASE), "arxiv"),
    (re.compile(r"https?://orcid\.org/", re.IGNORECASE), "orcid"),
    (re.compile(r"https?://dblp\.org/pid/", re.IGNORECASE), "dblp"),
    (re.compile(r"https?://openalex\.org/", re.IGNORECASE), "openalex"),
)


def parse_source(text: str) -> tuple[str, str] | None:
    """A source's name and an identifier; None for anything that can only be a file.

    Raises:
        OctavoError: If the text names a source but what follows isn't one of its identifiers.
    """
    name, identifier = _split_prefix(text)
    if name not in SOURCES:
        return None
    source = SOURCES[name]
    found = source.normalize(identifier)
    if not found:
        raise OctavoError(f"{quote_value(text)} is not a valid {name} identifier; expected the form {source.form}")
    return name, found


def _split_prefix(text: str) -> tuple[str, str]:
    for pattern, name in _ADDRESSES:
        if pattern.match(text):
            return name, text
    prefix, colon, rest = text.partition(":")
    return (prefix.lower(), rest) if colon else ("", text)
