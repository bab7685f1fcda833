"""DBLP: the BibTeX file that it keeps for each person (https://dblp.org/faq/13501473.html)."""

from __future__ import annotations

from octavo.importing.sources.service import Found, Service, ask_bibtex


def fetch(service: Service, person: str) -> Found:
    """The records of a person, identified by the part of a DBLP address after `/pid/`."""
    # With `param=1`, DBLP writes every field out.
    return ask_bibtex(service, person, f"/pid/{person}.bib", {"param": 1})
