"""Signposting: links in a paper's page that lead programs to its metadata and files (https://signposting.org/FAIR/).

Level 1 are the links in the page's head. Level 2 is the same for all papers in one link set (RFC 9264), which each page
names.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from octavo.model.addresses import is_local
from octavo.model.identifiers import make_doi_address, make_orcid_address
from octavo.model.publications import Publication
from octavo.outputs.json_ld import name_type
from octavo.site import Site

LINK_SET = "linkset.json"
_METADATA = {"bib": "application/x-bibtex", "ris": "application/x-research-info-systems"}


class Signpost(NamedTuple):
    """A link from a paper's page."""

    relation: str
    """A relation that IANA has registered."""
    href: str
    type: str = ""
    """The media type of what it leads to."""


def list_signposts(row: Publication, address: str, site: Site) -> Iterator[Signpost]:
    """The links of the paper's page at `address`."""
    # RFC 8574: the address under which it should be cited, if that isn't its own.
    if row.any_doi:
        yield Signpost("cite-as", make_doi_address(row.any_doi))
    yield Signpost("type", "https://schema.org/AboutPage")
    yield Signpost("type", f"https://schema.org/{name_type(row)}")
    for author in row.makers:
        if author.orcid:
            yield Signpost("author", make_orcid_address(author.orcid))
    for suffix, kind in _METADATA.items():
        yield Signpost("describedby", site.make_address(f"publications/{row.id}.{suffix}"), kind)
    if pdf := find_own_pdf(row, site):
        yield Signpost("item", pdf, "application/pdf")


def find_own_pdf(row: Publication, site: Site) -> str:
    """The address of the paper, if it is a PDF of the site."""
    paper = row.links.get("paper", "")
    return site.make_address(paper) if paper.lower().endswith(".pdf") and is_local(paper) else ""


def format_link_set(rows: Sequence[Publication], addresses: Iterable[str], site: Site) -> str:
    """The link set of all papers' pages, one page a line."""
    contexts = []
    for row, address in zip(rows, addresses, strict=True):
        links: dict[str, list[dict[str, str]]] = {}
        for relation, href, kind in list_signposts(row, address, site):
            links.setdefault(relation, []).append({"href": href, "type": kind} if kind else {"href": href})
        contexts.append(json.dumps({"anchor": address, **links}, ensure_ascii=False))
    return '{"linkset": [\n' + ",\n".join(contexts) + "\n]}\n"
