"""JSON-LD: the owner and the papers in the vocabulary of schema.org, as search engines read it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from markupsafe import Markup

from octavo.citations.csl import Item
from octavo.html import data_block
from octavo.model.addresses import is_local
from octavo.model.authors import Author
from octavo.model.catalog import name_section
from octavo.model.identifiers import make_orcid_address
from octavo.model.profile import Profile
from octavo.model.publications import Publication
from octavo.model.vocabulary import LinkRole
from octavo.pictures.sizes import FIGURE, PORTRAIT, find_fallback
from octavo.site import Site

_TYPES = {
    "book": "Book",
    "chapter": "Chapter",
    "dataset": "Dataset",
    "report": "Report",
    "software": "SoftwareSourceCode",
    "thesis": "Thesis",
}
_ARTICLE = "ScholarlyArticle"
_CONTAINERS = {"article-journal": "Periodical", "chapter": "Book"}
# Roles whose address is the work itself in another place; the others lead to related material.
_SAME_ROLES: tuple[LinkRole, ...] = ("doi", "arxiv", "publisher")


def format_script(data: Item) -> Markup:
    """The data block for a page's head."""
    return data_block(data, "application/ld+json")


def make_profile_page(profile: Profile, site: Site) -> Item:
    """The home page as schema.org's ProfilePage, whose subject is the owner."""
    person = make_person(profile, site)
    context = person.pop("@context")
    return {"@context": context, "@type": "ProfilePage", "inLanguage": site.language, "mainEntity": person}


def make_breadcrumbs(title: str, site: Site) -> Item:
    """The breadcrumbs of a paper's page: home, the list, the paper."""
    steps = [(site.title, "index.html"), (name_section("publications"), "publications.html")]
    named = [{"name": name, "item": site.make_address(site.place(path))} for name, path in steps]
    items = [{"@type": "ListItem", "position": n, **step} for n, step in enumerate([*named, {"name": title}], 1)]
    return {"@context": "https://schema.org", "@type": "BreadcrumbList", "itemListElement": items}


def name_type(row: Publication) -> str:
    """The type of schema.org for works of this CSL type."""
    return _TYPES.get(row.type, _ARTICLE)


def make_person(profile: Profile, site: Site) -> Item:
    """The owner as schema.org's Person; `sameAs` are the profile's links to other sites."""
    links = [link.url for link in profile.links if link.url.startswith(("https:", "http:"))]
    orcid = make_orcid_address(profile.orcid) if profile.orcid else ""
    return _drop_empty(
        {
            "@context": "https://schema.org",
            "@type": "Person",
            "name": profile.name,
            "alternateName": [name for name in profile.translations.get("name", {}).values() if name != profile.name],
            "url": site.make_address(site.place("index.html")),
            "image": site.make_address(find_fallback(profile.picture, PORTRAIT)) if profile.picture else "",
            "jobTitle": profile.position,
            "affiliation": _unwrap(
                [_make_organization(each.name, each.url) for each in profile.workplaces if each.name]
            ),
            "email": profile.public_email,
            "sameAs": list(dict.fromkeys([*links, *([orcid] if orcid else [])])),
        }
    )


def make_article(row: Publication, item: Item, address: str, site: Site) -> Item:
    """A publication as schema.org's ScholarlyArticle (or Thesis, Book, …); `item` is its CSL item."""
    kind = name_type(row)
    return _drop_empty(
        {
            "@context": "https://schema.org",
            "@type": kind,
            "@id": address,
            "url": address,
            "name": item["title"],
            "headline": item["title"] if kind == _ARTICLE else "",
            "author": list(map(_make_author, row.authors)),
            "editor": list(map(_make_author, row.editors)),
            "translator": list(map(_make_author, row.translators)),
            "datePublished": format_date(item),
            "creativeWorkStatus": item.get("status", ""),
            "abstract": item.get("abstract", ""),
            "image": site.make_address(find_fallback(row.picture, FIGURE)) if row.picture else "",
            "keywords": list(row.topics),
            "award": row.award,
            "bookEdition": item.get("edition", ""),
            "isbn": item.get("ISBN", ""),
            "inLanguage": item.get("language", ""),
            "isPartOf": _make_container(item),
            "pagination": item.get("page", ""),
            "publisher": _make_organization(item.get("publisher", "")),
            "identifier": {"@type": "PropertyValue", "propertyID": "DOI", "value": row.doi} if row.doi else {},
            "sameAs": [row.links[role] for role in _SAME_ROLES if role in row.links],
            "encoding": _make_encoding(row, site),
        }
    )


def make_posting(
    title: str, address: str, date: str, authors: Iterable[Author], topics: Iterable[str], language: str
) -> Item:
    """A post as schema.org's BlogPosting."""
    return _drop_empty(
        {
            "@context": "https://schema.org",
            "@type": "BlogPosting",
            "@id": address,
            "url": address,
            "headline": title,
            "datePublished": date,
            "author": list(map(_make_author, authors)),
            "keywords": list(topics),
            "inLanguage": language,
        }
    )


def _make_author(author: Author) -> Item:
    if author.literal:
        return _make_organization(author.literal)
    orcid = make_orcid_address(author.orcid) if author.orcid else ""
    return _drop_empty({"@type": "Person", "name": str(author), "sameAs": orcid})


def _make_organization(name: str, url: str = "") -> Item:
    return _drop_empty({"@type": "Organization", "name": name, "url": url}) if name else {}


def _make_container(item: Item) -> Item:
    """The container of the work, including a journal's volume and issue."""
    if "container-title" not in item:
        return {}
    return _drop_empty(
        {
            "@type": _CONTAINERS.get(item["type"], "CreativeWork"),
            "name": item["container-title"],
            "volumeNumber": item.get("volume", ""),
            "issueNumber": item.get("issue", ""),
        }
    )


def _make_encoding(row: Publication, site: Site) -> Item:
    paper = row.links.get("paper", "")
    if not paper.lower().endswith(".pdf"):
        return {}
    address = site.make_address(paper) if is_local(paper) else paper
    return {"@type": "MediaObject", "encodingFormat": "application/pdf", "contentUrl": address}


def format_date(item: Item) -> str:
    """The date in ISO 8601, as precise as known; the end of a span."""
    ends = item.get("issued", {}).get("date-parts", [])
    return "-".join(f"{part:02}" for part in ends[-1]) if ends else ""


def _unwrap(items: list[Item]) -> Item | list[Item]:
    """The list, or its only item."""
    return items[0] if len(items) == 1 else items


def _drop_empty(data: dict[str, Any]) -> Item:
    return {key: value for key, value in data.items() if value}
