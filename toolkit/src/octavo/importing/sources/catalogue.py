"""The sources by name: `doi:10.…`, `arxiv:2411.08982`, `orcid:0000-…`, `openalex:A…`, and so on.

To add one, add a row here and a module of the same name with a `fetch`, as `octavo.importing.sources.service` calls it.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from octavo.errors import OctavoError, quote_value
from octavo.importing.sources.patterns import Normalize, drop_name, find_person, match
from octavo.model.identifiers import ORCID_PATTERN, check_orcid, normalize_arxiv, normalize_doi


class KeyForm(NamedTuple):
    """How a source takes an API key, and where to get one."""

    page: str
    name: str
    """The name of the header or of the query parameter."""
    prefix: str = ""
    is_parameter: bool = False
    is_needed: bool = False


class Source(NamedTuple):
    """A source: its identifiers, addresses, and terms of use."""

    name: str
    title: str
    """The name that its records are credited to."""
    readings: tuple[Normalize, ...]
    """Functions that find its identifiers in text, tried in order."""
    forms: Mapping[str, str]
    """An example of each kind of identifier, and what it brings."""
    hosts: tuple[str, ...]
    """The sites that people copy addresses from, including their subdomains."""
    base: str
    """The API's address; `OCTAVO_<NAME>_URL` sets another, such as a mirror's or a test's."""
    aliases: tuple[str, ...] = ()
    key: KeyForm | None = None
    interval: float = 0.0
    """Seconds between two requests, if its terms of use ask for that."""
    batch: int = 1
    """How many identifiers one request may have."""

    def find_identifier(self, text: str) -> str:
        """The bare identifier in text, which may be an address; empty if there is none."""
        return next(filter(None, (read(text) for read in self.readings)), "")

    def read_base(self) -> str:
        """The base address, without a trailing slash."""
        return (os.environ.get(f"OCTAVO_{self.name.upper()}_URL") or self.base).rstrip("/")


SOURCES = {
    source.name: source
    for source in (
        Source(
            "doi",
            "doi.org",
            (normalize_doi,),
            {"doi:10.1145/3576915.3616582": "a work"},
            ("doi.org",),
            "https://doi.org",
        ),
        Source(
            "arxiv",
            "arXiv",
            (
                normalize_arxiv,
                match(r"(?:(?:export\.)?arxiv\.org/a/)?([a-z'-]+_[a-z]_[0-9]+)(?:\.html|\.atom2?)?", fold=str.lower),
                find_person,
            ),
            {
                "arxiv:2411.08982": "a preprint",
                "arxiv:noether_e_1": "an author's preprints",
                "arxiv:0000-0002-1825-0097": "an author's preprints, by ORCID iD",
            },
            ("arxiv.org",),
            "https://export.arxiv.org",
            interval=3.0,
            batch=50,
        ),
        Source(
            "orcid",
            "ORCID",
            (find_person,),
            {"orcid:0000-0002-1825-0097": "a person's works"},
            ("orcid.org",),
            "https://pub.orcid.org/v3.0",
        ),
        Source(
            "dblp",
            "DBLP",
            (match(r"(?:dblp\.[a-z.-]+/pid/)?([a-z0-9]+/[a-z0-9-]+)(?:\.html|\.bib|\.xml)?"),),
            {"dblp:65/9612": "a person's works"},
            ("dblp.org", "dblp.uni-trier.de", "dblp.dagstuhl.de"),
            "https://dblp.org",
        ),
        Source(
            "openalex",
            "OpenAlex",
            (
                match(r"(?:(?:api\.)?openalex\.org/)?(?:authors/|works/)?([AW][0-9]+)", fold=str.upper),
                find_person,
            ),
            {
                "openalex:A5023888391": "an author's works",
                "openalex:0000-0002-1825-0097": "an author's works, by ORCID iD",
                "openalex:W2741809807": "a work",
            },
            ("openalex.org",),
            "https://api.openalex.org",
            key=KeyForm("https://openalex.org/settings/api", "api_key", is_parameter=True),
        ),
        Source(
            "semanticscholar",
            "Semantic Scholar",
            (match(r"(?:semanticscholar\.org/author/(?:[^/]+/)?)?([0-9]+)"),),
            {"semanticscholar:1741101": "an author's works"},
            ("semanticscholar.org",),
            "https://api.semanticscholar.org/graph/v1",
            interval=1.0,
            key=KeyForm("https://www.semanticscholar.org/product/api", "x-api-key"),
        ),
        Source(
            "inspire",
            "INSPIRE",
            (
                find_person,
                match(r"(?:inspirehep\.net/authors/)?([0-9]+)"),
                match(r"([^\W\d_][\w.'-]*\.[0-9]+)"),
            ),
            {
                "inspire:E.Noether.1": "an author's works",
                "inspire:983328": "an author's works, by their record",
                "inspire:0000-0002-1825-0097": "an author's works, by ORCID iD",
            },
            ("inspirehep.net",),
            "https://inspirehep.net/api",
        ),
        Source(
            "ads",
            "ADS",
            (
                find_person,
                match(r"(?:[a-z.]+/abs/)?([12][0-9]{3}[A-Za-z0-9.&]{14}[A-Z:.])(?:/.*)?"),
                match(r"(?:[a-z.]+/(?:public-|user/)libraries/)?([A-Za-z0-9_-]{22})"),
            ),
            {
                "ads:0000-0002-1825-0097": "an author's works, by ORCID iD",
                "ads:2020ApJ...900..100N": "a work",
                "ads:hHGU1Ef-TpacAhicI3J8kQ": "a library",
            },
            ("ui.adsabs.harvard.edu", "scixplorer.org"),
            "https://api.adsabs.harvard.edu/v1",
            key=KeyForm(
                "https://ui.adsabs.harvard.edu/user/settings/token", "Authorization", prefix="Bearer ", is_needed=True
            ),
        ),
        Source(
            "europepmc",
            "Europe PMC",
            (
                match(r"(?:europepmc\.org/(?:article|abstract)/med/|pubmed\.ncbi\.nlm\.nih\.gov/)?([0-9]{1,9})"),
                match(
                    r"(?:europepmc\.org/articles?/(?:pmc/)?|(?:pmc\.)?ncbi\.nlm\.nih\.gov/(?:pmc/)?articles/)?(pmc[0-9]+)",
                    fold=str.upper,
                ),
                find_person,
            ),
            {
                "europepmc:0000-0002-1825-0097": "an author's works, by ORCID iD",
                "pubmed:33782057": "a work in PubMed",
                "europepmc:PMC8005924": "a work in PubMed Central",
            },
            ("europepmc.org", "ncbi.nlm.nih.gov"),
            "https://www.ebi.ac.uk/europepmc/webservices/rest",
            aliases=("pubmed", "pmid"),
        ),
        Source(
            "hal",
            "HAL",
            (
                # A deposit's version isn't part of its name.
                match(r"(?:[a-z0-9.-]+/)?([a-z]+-[0-9]{6,})(?:v[0-9]+)?(?:/.*)?"),
                match(r"(?:cv\.hal\.science/|cv\.archives-ouvertes\.fr/)?([a-z0-9]+(?:-[a-z0-9]+)*)"),
            ),
            {"hal:emmy-noether": "a person's works, by idHAL", "hal:hal-01234567": "a work"},
            ("hal.science", "archives-ouvertes.fr"),
            "https://api.archives-ouvertes.fr",
        ),
        Source(
            "datacite",
            "DataCite",
            (
                match(r"(?:zenodo\.org/records?/)?([0-9]+)", fold="10.5281/zenodo.{}".format),
                find_person,
                normalize_doi,
            ),
            {
                "datacite:0000-0002-1825-0097": "a person's works, by ORCID iD",
                "datacite:10.5281/zenodo.5788550": "a work",
                "zenodo:5788550": "a work at Zenodo",
            },
            ("zenodo.org", "commons.datacite.org"),
            "https://api.datacite.org",
            aliases=("zenodo",),
        ),
        Source(
            "zotero",
            "Zotero",
            (
                # A bare number is a person, whose My Publications anyone may read.
                match(r"([0-9]+)", fold="users/{}/publications".format),
                match(r"(?:zotero\.org/)?((?:users|groups)/[0-9]+/collections/[A-Z0-9]{8})"),
                match(r"zotero\.org/(groups/[0-9]+/[^/]+/collections/[A-Z0-9]{8})(?:/.*)?", fold=drop_name),
                match(r"(?:zotero\.org/)?((?:users|groups)/[0-9]+)(?:/.*)?"),
            ),
            {
                "zotero:475425": "a person's My Publications, by the userID at zotero.org/settings/keys",
                "zotero:users/475425": "a person's library",
                "zotero:groups/2205533/collections/9KH9TNSJ": "a collection",
            },
            ("zotero.org",),
            "https://api.zotero.org",
            key=KeyForm("https://www.zotero.org/settings/keys", "Zotero-API-Key"),
        ),
    )
}
# Identifiers that are recognized without a prefix.
_BARE = {"orcid": ORCID_PATTERN, "doi": r"10\.[0-9]{4,9}/\S+"}
_NAMES = {name: source for source in SOURCES.values() for name in (source.name, *source.aliases)}


def parse_source(text: str) -> tuple[str, str] | None:
    """A source's name and an identifier; None for anything that can only be a file.

    Raises:
        OctavoError: If the text names a source but what follows isn't one of its identifiers.
    """
    source, identifier = _split_prefix(text)
    if source is None:
        return None
    found = source.find_identifier(identifier)
    if not found:
        if re.fullmatch(ORCID_PATTERN, identifier):
            try:
                check_orcid(identifier)
            except ValueError as error:
                raise OctavoError(str(error)) from None
        forms = " or ".join(source.forms)
        raise OctavoError(f"{quote_value(text)} is not a valid {source.name} identifier; expected the form {forms}")
    return source.name, found


def _split_prefix(text: str) -> tuple[Source | None, str]:
    """The source that an identifier or address belongs to, and the text without the source's name."""
    prefix, _, rest = text.partition(":")
    if named := _NAMES.get(prefix.strip().lower()):
        return named, rest
    host = "." + re.sub(r"^https?://", "", text.lower()).partition("/")[0]
    hosts = ((source, tuple(f".{name}" for name in source.hosts)) for source in SOURCES.values())
    found = next((source for source, names in hosts if host.endswith(names)), None)
    bare = next((name for name, pattern in _BARE.items() if re.fullmatch(pattern, text)), "")
    return found or SOURCES.get(bare), text


def find_sources(addresses: Iterable[str]) -> Iterator[str]:
    """The sources at these addresses, each once, as `dblp:65/9612`."""
    found: dict[str, None] = {}
    for address in addresses:
        with suppress(OctavoError):  # other pages of a source's site
            if named := parse_source(address):
                found[":".join(named)] = None
    yield from found


def describe_sources(key_file: Path) -> str:
    """The forms and the keys, as the help shows them."""
    forms = [
        f"  {form:<47} {source.title}: {what}" for source in SOURCES.values() for form, what in source.forms.items()
    ]
    keyed = ", ".join(source.name for source in SOURCES.values() if source.key)
    keys = [f"keys, for {keyed}:", f"  OCTAVO_<NAME>_KEY in the environment, or name: KEY in {key_file}"]
    return "\n".join(["sources, as here or as the address in your browser:", *forms, "", *keys])
