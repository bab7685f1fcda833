"""What records say, in the fields of the publications table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from octavo.importing.record import REGISTRY, Record
from octavo.model.addresses import complete_web_address
from octavo.model.authors import Author, parse_author

Fields = dict[str, Any]
"""By name, or as `links.paper`: texts, and for `authors` a list of names and mappings."""


@dataclass(frozen=True, slots=True)
class Offer:
    """What a source says of a field."""

    value: Any
    source: str
    rank: int
    place: str


# All that a preprint server knows about the published paper.
_OF_PREPRINT = ("arxiv", "abstract", "doi")


def describe_record(record: Record, *, with_orcid: bool = False) -> Fields:
    """What a record says; fields that it leaves empty are absent."""
    fields: Fields = {
        "title": record.title,
        "authors": [_describe_author(author, with_orcid=with_orcid) for author in record.author],
        "date": record.issued,
        "type": record.type,
        "venue": record.container_title_short,
        "container_title": record.container_title,
        "volume": record.volume,
        "issue": record.issue,
        "page": record.page,
        "publisher": record.publisher,
        "status": record.status,
        "abstract": record.abstract,
        "doi": record.doi,
        "arxiv": record.arxiv,
        "links.paper": _find_link(record),
    }
    return {name: value for name, value in fields.items() if value}


def claim_fields(record: Record, row: Mapping[str, Any], *, with_orcid: bool = False) -> Fields:
    """What a record says about an existing row, which may be another version of the work."""
    fields = describe_record(record, with_orcid=with_orcid)
    if record.is_preprint:
        if is_published(row):
            return {name: value for name, value in fields.items() if name in _OF_PREPRINT}
        # being on a server doesn't rule out being under review
        return {name: value for name, value in fields.items() if name not in ("status", "type") or not row.get(name)}
    status = row.get("status")
    if status and not record.status and (record.rank == REGISTRY or status == "preprint"):
        fields["status"] = "published"
    if record.type == "document":  # the type of last resort
        fields.pop("type", None)
    if record.is_cut:
        fields.pop("authors", None)
    return fields


def combine_records(records: Sequence[Record], row: Mapping[str, Any] | None, *, with_orcid: bool) -> dict[str, Offer]:
    """What the best record says about each field: published before preprint, then by the source's rank."""
    ordered = sorted(records, key=lambda record: (record.is_preprint, -record.rank))
    offers: dict[str, Offer] = {}
    for record in ordered:
        version = row if row is not None else _stand_in(ordered[0], record)
        for path, value in _claim(record, version, with_orcid=with_orcid).items():
            offers.setdefault(path, Offer(value, record.source, record.rank, record.place))
    return offers


def _claim(record: Record, row: Mapping[str, Any] | None, *, with_orcid: bool) -> Fields:
    if row is None:
        return describe_record(record, with_orcid=with_orcid)
    return claim_fields(record, row, with_orcid=with_orcid)


def _stand_in(best: Record, record: Record) -> Mapping[str, Any] | None:
    """What a new row's second record needs to know about it: whether it is published."""
    return {"status": "published"} if record.is_preprint and not best.is_preprint else None


def is_published(row: Mapping[str, Any]) -> bool:
    """Whether a row's paper is published, or has a venue."""
    return bool(row.get("doi") or row.get("venue") or row.get("container_title") or row.get("status") == "published")


def _describe_author(author: Author, *, with_orcid: bool) -> str | dict[str, str]:
    """A name in reading order if the tables read it back unchanged; otherwise its parts."""
    parts = {name: getattr(author, name) for name in ("given", "particle", "family", "suffix", "literal")}
    written = f"{{{author.literal}}}" if author.literal else str(author)
    if not (with_orcid and author.orcid):
        try:
            if parse_author(written) == Author(**parts):
                return written
        except ValueError:
            pass
    known = {name: part for name, part in parts.items() if part}
    return known | ({"orcid": author.orcid} if with_orcid and author.orcid else {})


def _find_link(record: Record) -> str:
    """The paper's address, unless a DOI or arXiv identifier gives it already, or it isn't a web address."""
    if not record.url or any(host in record.url for host in ("doi.org/", "arxiv.org/")):
        return ""
    try:
        return complete_web_address(record.url)
    except ValueError:
        return ""
