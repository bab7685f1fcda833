"""The identifiers by which publications are known: DOI, arXiv identifier, ORCID iD, and others' numbers for persons."""

from __future__ import annotations

import re
from urllib.parse import unquote

_DOI_PREFIX = re.compile(r"^\s*(?:https?://)?(?:(?:dx\.|www\.)?doi\.org/|doi:\s*)\s*", re.IGNORECASE)
_DOI = re.compile(r"10\.[0-9]{4,9}(?:\.[0-9]+)*/\S+")
_ARXIV_DOI = re.compile(r"10\.48550/arxiv\.(.+)", re.IGNORECASE)
# https://info.arxiv.org/help/arxiv_identifier.html: since 2007 YYMM.NNNN(N), before archive/YYMMNNN; versions v1, v2
_ARXIV = re.compile(
    r"(?P<id>[0-9]{2}(?:0[1-9]|1[0-2])\.[0-9]{4,5}|[a-z-]+(?:\.[A-Z]{2})?/[0-9]{2}(?:0[1-9]|1[0-2])[0-9]{3})(?:v[1-9][0-9]*)?"
)
_ARXIV_ADDRESS = re.compile(r"arxiv\.org/(?:abs|pdf|html|format)/([^\s?#}]+)", re.IGNORECASE)
_ARXIV_MENTION = re.compile(r"arxiv:\s*([^\s,;\[\]()}]+)", re.IGNORECASE)
_ORCID = re.compile(r"(?:https?://orcid\.org/)?([0-9]{4}-[0-9]{4}-[0-9]{4}-[0-9]{3}[0-9Xx])/?")


def normalize_doi(text: str) -> str:
    """The DOI alone, as `10.1145/3576915.3616582`, or an empty text if there is none; its case stays."""
    bare = _DOI_PREFIX.sub("", text.strip())
    if bare != text.strip() and "%" in bare:
        bare = unquote(bare)
    match = _DOI.fullmatch(bare.rstrip(".,; "))
    return match[0] if match else ""


def fold_doi(doi: str) -> str:
    """A DOI to compare by: their letters' case means nothing (DOI Handbook, section 2.4)."""
    return normalize_doi(doi).lower()


def normalize_arxiv(text: str) -> str:
    """The arXiv identifier without version, from itself, `arXiv:…`, an arxiv.org address or DOI; empty if none."""
    bare = text.strip()
    for pattern in (_ARXIV_ADDRESS, _ARXIV_MENTION):
        if found := pattern.search(bare):
            bare = found[1]
    if found := _ARXIV_DOI.fullmatch(normalize_doi(bare)):
        bare = found[1]
    match = _ARXIV.fullmatch(bare.removesuffix(".pdf").rstrip("."))
    return match["id"] if match else ""


def find_arxiv(*texts: str) -> str:
    """The first arXiv identifier that one of the texts names outright, by address, DOI or `arXiv:`."""
    for text in texts:
        named = _ARXIV_ADDRESS.search(text) or _ARXIV_MENTION.search(text) or _ARXIV_DOI.search(text)
        if named and (found := normalize_arxiv(named[0])):
            return found
    return ""


def normalize_orcid(text: str) -> str:
    """The ORCID iD alone, as `0000-0002-1825-0097`, or an empty text."""
    match = _ORCID.fullmatch(text.strip())
    return match[1].upper() if match else ""
