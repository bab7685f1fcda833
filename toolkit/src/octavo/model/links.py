"""Links: addresses by role."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Annotated

from octavo.model.fields import Nested, Role
from octavo.model.identifiers import make_arxiv_address, make_doi_address
from octavo.model.kinds import Address
from octavo.model.vocabulary import LINK_ROLES, LinkRole


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkAddresses:
    """Addresses by role."""

    paper: Address | None = None
    """The paper itself, as a page or a PDF."""
    arxiv: Address | None = None
    """Its arXiv page; not needed if `arxiv` gives the identifier."""
    doi: Address | None = None
    """The page of its DOI; not needed if `doi` gives the DOI."""
    poster: Address | None = None
    """A poster about it."""
    slides: Address | None = None
    """Slides of a talk about it."""
    code: Address | None = None
    """Its source code."""
    video: Address | None = None
    """A recording."""
    data: Address | None = None
    """Its data."""
    website: Address | None = None
    """A website about it."""
    publisher: Address | None = None
    """Its page at the publisher."""


Links = Annotated[
    Mapping[LinkRole, str],
    Nested(LinkAddresses, load=lambda plain: plain, name="addresses by role"),
    Role.LINKS,
    "{code: https://example.org/code}",
]
"""Addresses in the order of `LINK_ROLES`; those of missing files are left out when the table is read."""


def complete_links(
    written: Mapping[LinkRole, str], dead: Collection[str], *, doi: str | None = None, arxiv: str | None = None
) -> dict[LinkRole, str]:
    """The links of a row in the order of roles: those that it has, except dead ones, and those of its identifiers."""
    links: dict[LinkRole, str] = {}
    if arxiv:
        links["arxiv"] = make_arxiv_address(arxiv)
    if doi:
        links["doi"] = make_doi_address(doi)
    links |= {role: address for role, address in written.items() if address not in dead}
    return {role: links[role] for role in LINK_ROLES if role in links}
