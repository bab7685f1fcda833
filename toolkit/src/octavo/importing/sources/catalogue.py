"""The sources by name: `doi:10.…`, `arxiv:2411.08982`, `orcid:0000-…`, `openalex:A…`, and so on.

To add one, add a row here and a module of the same name with a `fetch`, as `octavo.importing.sources.service` calls it.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from octavo.errors import OctavoError, quote_value
from octavo.model.identifiers import ORCID_PATTERN, normalize_arxiv, normalize_doi, normalize_orcid

Normalize = Callable[[str], str]
"""The bare identifier in a text, which may be an address; empty if there is none."""


@dataclass(frozen=True, slots=True)
class KeyForm:
    """How a source takes a key, and where people get one."""

    page: str
    name: str
    """Of the header, or of the query's parameter."""
    prefix: str = ""
    is_parameter: bool = False
    is_needed: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """A source: its identifiers, its addresses, and what it asks of those who use it."""

    name: str
    title: str
    """Whom its records are credited to."""
    normalize: Normalize
    forms: tuple[str, ...]
    """Examples, one of each kind of identifier."""
    hosts: tuple[str, ...]
    """Where people copy addresses from; their subdomains count too."""
    base: str
    """Of the interface for programs; `OCTAVO_<NAME>_URL` sets another, such as a mirror's or a test's."""
    aliases: tuple[str, ...] = ()
    key: KeyForm | None = None
    interval: float = 0.0
    """Seconds between two requests, if its terms of use ask for that."""
    batch: int = 1
    """How many identifiers one request may have."""

    def read_base(self) -> str:
        """The base address, without a trailing slash."""
        return (os.environ.get(f"OCTAVO_{self.name.upper()}_URL") or self.base).rstrip("/")


def _match(*patterns: str, fold: Callable[[str], str] = str) -> Normalize:
    """Reads the first group of the pattern that the text has, without scheme, `www.`, query, and closing slash."""

    def normalize(text: str) -> str:
        bare = re.sub(r"^(?:https?://)?(?:www\.)?", "", text.strip()).partition("?")[0].rstrip("/")
        found = (re.fullmatch(pattern, bare, re.IGNORECASE) for pattern in patterns)
        return next((fold(match[1]) for match in found if match), "")

    return normalize


def _either(*readers: Normalize) -> Normalize:
    return lambda text: next(filter(None, (read(text) for read in readers)), "")


_match_person = _match(rf"(?:europepmc\.org/authors/|commons\.datacite\.org/orcid\.org/)?({ORCID_PATTERN})")


def _normalize_person(text: str) -> str:
    return normalize_orcid(_match_person(text) or text)


def _drop_name(path: str) -> str:
    """A group's path without its name, which the addresses of its website have in between."""
    return re.sub(r"^(groups/[0-9]+)/[^/]+", r"\1", path)


_normalize_dblp = _match(r"(?:dblp\.[a-z.-]+/pid/)?([a-z0-9]+/[a-z0-9-]+)(?:\.html|\.bib|\.xml)?")
_normalize_openalex = _either(
    _match(r"(?:(?:api\.)?openalex\.org/)?(?:authors/|works/)?([AW][0-9]+)", fold=str.upper), _normalize_person
)
_normalize_semanticscholar = _match(r"(?:semanticscholar\.org/author/(?:[^/]+/)?)?([0-9]+)")
_normalize_inspire = _either(
    _normalize_person, _match(r"(?:inspirehep\.net/authors/)?([0-9]+)", r"([^\W\d_][\w.'-]*\.[0-9]+)")
)
_normalize_europepmc = _either(
    _match(
        r"(?:europepmc\.org/(?:article|abstract)/med/|pubmed\.ncbi\.nlm\.nih\.gov/)?([0-9]{1,9})",
        r"(?:europepmc\.org/articles?/(?:pmc/)?|(?:pmc\.)?ncbi\.nlm\.nih\.gov/(?:pmc/)?articles/)?(pmc[0-9]+)",
        fold=str.upper,
    ),
    _normalize_person,
)
# A deposit's version isn't part of its name.
_normalize_hal = _match(
    r"(?:[a-z0-9.-]+/)?([a-z]+-[0-9]{6,})(?:v[0-9]+)?(?:/.*)?",
    r"(?:cv\.hal\.science/|cv\.archives-ouvertes\.fr/)?([a-z0-9]+(?:-[a-z0-9]+)*)",
)
_match_ads = _match(
    r"(?:[a-z.]+/abs/)?([12][0-9]{3}[A-Za-z0-9.&]{14}[A-Z:.])(?:/.*)?",
    r"(?:[a-z.]+/(?:public-|user/)libraries/)?([A-Za-z0-9_-]{22})",
)
_normalize_ads = _either(_normalize_person, lambda text: _match_ads(text.replace("%26", "&")))
_normalize_datacite = _either(
    _match(r"(?:zenodo\.org/records?/)?([0-9]+)", fold="10.5281/zenodo.{}".format), _normalize_person, normalize_doi
)
# A path to items; a bare number is a person, whose My Publications anyone may read.
_normalize_zotero = _either(
    _match(r"([0-9]+)", fold="users/{}/publications".format),
    _match(r"(?:zotero\.org/)?((?:users|groups)/[0-9]+/collections/[A-Z0-9]{8})"),
    _match(r"zotero\.org/(groups/[0-9]+/[^/]+/collections/[A-Z0-9]{8})(?:/.*)?", fold=_drop_name),
    _match(r"(?:zotero\.org/)?((?:users|groups)/[0-9]+)(?:/.*)?"),
)

SOURCES = {
    source.name: source
    for source in (
        Source(
            "doi", "doi.org", normalize_doi, ("doi:10.1145/3576915.3616582",), ("doi.org",), "https://doi.org",
        ),
        Source(
            "arxiv", "arXiv", normalize_arxiv, ("arxiv:2411.08982",), ("arxiv.org",),
            "https://export.arxiv.org/api/query", interval=3.0, batch=50,
        ),
        Source(
            "orcid", "ORCID", normalize_orcid, ("orcid:0000-0002-1825-0097",), ("orcid.org",),
            "https://pub.orcid.org/v3.0",
        ),
        Source(
            "dblp", "DBLP", _normalize_dblp, ("dblp:65/9612",),
            ("dblp.org", "dblp.uni-trier.de", "dblp.dagstuhl.de"), "https://dblp.org",
        ),
        Source(
            "openalex", "OpenAlex", _normalize_openalex,
            ("openalex:A5023888391", "openalex:0000-0002-1825-0097", "openalex:W2741809807"), ("openalex.org",),
            "https://api.openalex.org",
            key=KeyForm("https://openalex.org/settings/api", "api_key", is_parameter=True),
        ),
        Source(
            "semanticscholar", "Semantic Scholar", _normalize_semanticscholar, ("semanticscholar:1741101",),
            ("semanticscholar.org",), "https://api.semanticscholar.org/graph/v1",
            interval=1.0, key=KeyForm("https://www.semanticscholar.org/product/api", "x-api-key"),
        ),
        Source(
            "inspire", "INSPIRE", _normalize_inspire,
            ("inspire:E.Noether.1", "inspire:983328", "inspire:0000-0002-1825-0097"), ("inspirehep.net",),
            "https://inspirehep.net/api",
        ),
        Source(
            "ads", "ADS", _normalize_ads,
            ("ads:0000-0002-1825-0097", "ads:2020ApJ...900..100N", "ads:hHGU1Ef-TpacAhicI3J8kQ"),
            ("ui.adsabs.harvard.edu", "scixplorer.org"), "https://api.adsabs.harvard.edu/v1",
            key=KeyForm(
                "https://ui.adsabs.harvard.edu/user/settings/token", "Authorization", prefix="Bearer ", is_needed=True
            ),
        ),
        Source(
            "europepmc", "Europe PMC", _normalize_europepmc,
            ("europepmc:0000-0002-1825-0097", "pubmed:33782057", "europepmc:PMC8005924"),
            ("europepmc.org", "ncbi.nlm.nih.gov"), "https://www.ebi.ac.uk/europepmc/webservices/rest",
            aliases=("pubmed", "pmid"),
        ),
        Source(
            "hal", "HAL", _normalize_hal, ("hal:emmy-noether", "hal:hal-01234567"),
            ("hal.science", "archives-ouvertes.fr"), "https://api.archives-ouvertes.fr",
        ),
        Source(
            "datacite", "DataCite", _normalize_datacite,
            ("datacite:0000-0002-1825-0097", "datacite:10.5281/zenodo.5788550", "zenodo:5788550"),
            ("zenodo.org", "commons.datacite.org"), "https://api.datacite.org", aliases=("zenodo",),
        ),
        Source(
            "zotero", "Zotero", _normalize_zotero,
            ("zotero:475425", "zotero:users/475425", "zotero:groups/2205533/collections/9KH9TNSJ"), ("zotero.org",),
            "https://api.zotero.org", key=KeyForm("https://www.zotero.org/settings/keys", "Zotero-API-Key"),
        ),
    )
}  # fmt: skip
_NAMES = {name: source for source in SOURCES.values() for name in (source.name, *source.aliases)}


def parse_source(text: str) -> tuple[str, str] | None:
    """A source's name and an identifier; None for anything that can only be a file.

    Raises:
        OctavoError: If the text names a source but what follows isn't one of its identifiers.
    """
    source, identifier = _split_prefix(text)
    if source is None:
        return None
    found = source.normalize(identifier)
    if not found:
        forms = " or ".join(source.forms)
        raise OctavoError(f"{quote_value(text)} is not a valid {source.name} identifier; expected the form {forms}")
    return source.name, found


def _split_prefix(text: str) -> tuple[Source | None, str]:
    prefix, colon, rest = text.partition(":")
    if not rest.startswith("//"):
        return (_NAMES.get(prefix.strip().lower()) if colon else None), rest
    host = "." + rest.removeprefix("//").partition("/")[0].lower()
    return next((one for one in SOURCES.values() if host.endswith(tuple(f".{name}" for name in one.hosts))), None), text


def list_forms() -> Iterator[tuple[str, str]]:
    """Each form of an identifier, and whose it is."""
    for source in SOURCES.values():
        for form in source.forms:
            yield form, source.title
