"""The identifiers of each source, bare or in an address that people copy from the browser."""

from __future__ import annotations

import re
from collections.abc import Callable

from octavo.model.identifiers import ORCID_PATTERN, normalize_doi, normalize_orcid

Normalize = Callable[[str], str]
"""The bare identifier in a text, which may be an address; empty if there is none."""


def _match(*patterns: str, fold: Callable[[str], str] = str) -> Normalize:
    """Reads the first group of the pattern that the text has, without scheme, `www.`, query, and closing slash."""

    def normalize(text: str) -> str:
        bare = re.sub(r"^(?:https?://)?(?:www\.)?", "", text.strip(), flags=re.IGNORECASE).partition("?")[0].rstrip("/")
        found = (re.fullmatch(pattern, bare, re.IGNORECASE) for pattern in patterns)
        return next((fold(match[1]) for match in found if match), "")

    return normalize


def _either(*readers: Normalize) -> Normalize:
    return lambda text: next(filter(None, (read(text) for read in readers)), "")


_match_person = _match(rf"(?:orcid\.org/|europepmc\.org/authors/|commons\.datacite\.org/orcid\.org/)?({ORCID_PATTERN})")


def normalize_person(text: str) -> str:
    """The ORCID iD in a text; empty if there is none, or its check digit is wrong."""
    return normalize_orcid(_match_person(text) or text)


def _drop_name(path: str) -> str:
    """A group's path without its name, which the addresses of its website have in between."""
    return re.sub(r"^(groups/[0-9]+)/[^/]+", r"\1", path)


normalize_dblp = _match(r"(?:dblp\.[a-z.-]+/pid/)?([a-z0-9]+/[a-z0-9-]+)(?:\.html|\.bib|\.xml)?")
normalize_openalex = _either(
    _match(r"(?:(?:api\.)?openalex\.org/)?(?:authors/|works/)?([AW][0-9]+)", fold=str.upper), normalize_person
)
normalize_semanticscholar = _match(r"(?:semanticscholar\.org/author/(?:[^/]+/)?)?([0-9]+)")
normalize_inspire = _either(
    normalize_person, _match(r"(?:inspirehep\.net/authors/)?([0-9]+)", r"([^\W\d_][\w.'-]*\.[0-9]+)")
)
normalize_europepmc = _either(
    _match(
        r"(?:europepmc\.org/(?:article|abstract)/med/|pubmed\.ncbi\.nlm\.nih\.gov/)?([0-9]{1,9})",
        r"(?:europepmc\.org/articles?/(?:pmc/)?|(?:pmc\.)?ncbi\.nlm\.nih\.gov/(?:pmc/)?articles/)?(pmc[0-9]+)",
        fold=str.upper,
    ),
    normalize_person,
)
# A deposit's version isn't part of its name.
normalize_hal = _match(
    r"(?:[a-z0-9.-]+/)?([a-z]+-[0-9]{6,})(?:v[0-9]+)?(?:/.*)?",
    r"(?:cv\.hal\.science/|cv\.archives-ouvertes\.fr/)?([a-z0-9]+(?:-[a-z0-9]+)*)",
)
_match_ads = _match(
    r"(?:[a-z.]+/abs/)?([12][0-9]{3}[A-Za-z0-9.&]{14}[A-Z:.])(?:/.*)?",
    r"(?:[a-z.]+/(?:public-|user/)libraries/)?([A-Za-z0-9_-]{22})",
)
normalize_ads = _either(normalize_person, lambda text: _match_ads(text.replace("%26", "&")))
normalize_datacite = _either(
    _match(r"(?:zenodo\.org/records?/)?([0-9]+)", fold="10.5281/zenodo.{}".format), normalize_person, normalize_doi
)
# A path to items; a bare number is a person, whose My Publications anyone may read.
normalize_zotero = _either(
    _match(r"([0-9]+)", fold="users/{}/publications".format),
    _match(r"(?:zotero\.org/)?((?:users|groups)/[0-9]+/collections/[A-Z0-9]{8})"),
    _match(r"zotero\.org/(groups/[0-9]+/[^/]+/collections/[A-Z0-9]{8})(?:/.*)?", fold=_drop_name),
    _match(r"(?:zotero\.org/)?((?:users|groups)/[0-9]+)(?:/.*)?"),
)
