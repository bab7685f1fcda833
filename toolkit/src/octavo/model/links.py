"""Links: addresses by role, or with custom labels."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Annotated, Any

from octavo.model.fields import Nested, Role
from octavo.model.identifiers import make_arxiv_address, make_doi_address
from octavo.model.kinds import Address, Line
from octavo.model.vocabulary import LINK_ROLES, Label, LinkName, LinkRole, number_link


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkAddresses:
    """Addresses by role."""

    paper: Address | None = None
    """The paper itself, as a page or a PDF."""
    arxiv: Address | None = None
    """Its arXiv page; not needed if `arxiv` gives the identifier."""
    doi: Address | None = None
    """The page of its DOI; not needed if `doi` gives the DOI."""
    supplement: Address | None = None
    """An appendix or supplement."""
    poster: Address | None = None
    """A poster about it."""
    slides: Address | None = None
    """Slides of a talk about it."""
    talk: Address | None = None
    """The page of a talk about it."""
    code: Address | None = None
    """Its source code."""
    demo: Address | None = None
    """A demo."""
    video: Address | None = None
    """A recording."""
    data: Address | None = None
    """Its data."""
    model: Address | None = None
    """The trained model."""
    huggingface: Address | None = None
    """Its page at Hugging Face."""
    project: Address | None = None
    """The page of its project."""
    website: Address | None = None
    """A website about it."""
    publisher: Address | None = None
    """Its page at the publisher."""
    press: Address | None = None
    """An article about it."""
    correction: Address | None = None
    """A correction or an expression of concern about it."""
    retraction: Address | None = None
    """The notice that it was retracted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkItem:
    """An item in a list of links."""

    role: Annotated[LinkRole | None, "code"] = None
    """What it leads to; several links may have the same role."""
    label: Annotated[Line | None, "OpenReview"] = None
    """Its label, if it has no role."""
    url: Address
    """Its address."""


def _check_item(item: Mapping[str, str]) -> None:
    if ("role" in item) == ("label" in item):
        raise ValueError("a link needs either a role or a label")


Links = Annotated[
    Mapping[LinkName, str],
    Nested(
        LinkAddresses, load=lambda plain: plain, name="addresses by role", items=Nested(LinkItem, check=_check_item)
    ),
    Role.LINKS,
    "{code: https://example.org/code}",
]
"""Addresses by role, in the order of `LINK_ROLES`, or a list with labels of one's own, in its order.

Links to missing files are left out when the table is read.
"""


def complete_links(
    written: Mapping[LinkRole, str] | Sequence[Mapping[str, str]],
    dead: Collection[str],
    *,
    doi: str | None = None,
    arxiv: str | None = None,
) -> dict[LinkName, str]:
    """The links of a row, those of its identifiers first, without dead ones."""
    links: dict[LinkName, str] = {}
    if arxiv:
        links["arxiv"] = make_arxiv_address(arxiv)
    if doi:
        links["doi"] = make_doi_address(doi)
    if not isinstance(written, Mapping):
        for item in written:
            if item["url"] not in dead:
                links[_name_item(item, links)] = item["url"]
        return links
    links |= {role: address for role, address in written.items() if address not in dead}
    return {role: links[role] for role in LINK_ROLES if role in links}


def list_addresses(written: Any) -> list[str]:
    """The addresses of a row's links, in either form."""
    if isinstance(written, Mapping):
        return [str(address or "") for address in written.values()]
    return [str(item.get("url") or "") for item in written or () if isinstance(item, Mapping)]


def find_address(written: Any, role: str) -> Any:
    """The address of a role among a row's links, in either form; None if there is none."""
    if isinstance(written, Mapping):
        return written.get(role)
    items = [item for item in written or () if isinstance(item, Mapping)]
    return next((item.get("url") for item in items if item.get("role") == role), None)


def _name_item(item: Mapping[str, str], taken: Collection[LinkName]) -> LinkName:
    """The role, or the label; numbered from 2 if another link has it."""
    role = next((role for role in LINK_ROLES if role == item.get("role")), None)
    name: LinkName = role or Label(item["label"])
    if name not in taken or name in ("arxiv", "doi"):
        return name
    numbered = (number_link(name, number) for number in count(2))
    return next(label for label in numbered if label not in taken)
