"""JSON Resume: the record as resume.json, by https://jsonresume.org/schema (1.0.0).

Its publications have no authors, which its users miss, so those and the DOI, status and award are added under keys of
their own, as the schema allows.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from types import SimpleNamespace
from typing import Any, TypeAlias
from urllib.parse import urlsplit

from octavo.documents.iso_dates import end_date, list_inexact, split_date
from octavo.documents.losses import list_losses
from octavo.documents.record import Record
from octavo.documents.runs import make_absolute
from octavo.identifiers import make_orcid_address
from octavo.markdown import plain_text

Part: TypeAlias = dict[str, Any]

SCHEMA = "https://raw.githubusercontent.com/jsonresume/resume-schema/v1.0.0/schema.json"

_HELD: Mapping[str, frozenset[str]] = {
    "profile": frozenset({"position", "affiliation", "email", "orcid", "photo", "location"}),
    "experience": frozenset({"organization", "position", "unit", "date", "location", "text", "link"}),
    "education": frozenset({"institution", "degree", "area", "date", "link"}),
    "awards": frozenset({"title", "awarder", "date", "text"}),
    "publications": frozenset(
        {"title", "authors", "date", "venue", "container_title", "publisher", "status", "award", "abstract"}
        | {"doi", "link"}
    ),
    "research": frozenset({"title", "text", "link"}),
    "talks": frozenset({"title", "event", "date", "text", "link"}),
    "teaching": frozenset({"title", "role", "institution", "date", "text", "link"}),
    "service": frozenset({"role", "organization", "date", "text", "link"}),
    "software": frozenset({"title", "text", "date", "language", "link"}),
}


def format_json_resume(record: Record) -> str:
    """The record as JSON Resume."""
    return json.dumps(make_json_resume(record), ensure_ascii=False, indent=2) + "\n"


def list_json_resume_losses(record: Record) -> list[str]:
    """What of the record isn't in its JSON Resume."""
    return [*list_losses(record, _HELD), *list_inexact(record)]


def make_json_resume(record: Record) -> Part:
    """The record as the mapping that JSON Resume's schema describes, without empty parts."""
    site = record.site.url
    return _keep_known(
        {
            "$schema": SCHEMA,
            "basics": _make_basics(record),
            "work": [_make_work(row, site) for row in record.tables["experience"]],
            "volunteer": [_make_volunteer(row, site) for row in record.tables["service"]],
            "education": [_make_education(row, site) for row in record.tables["education"]],
            "awards": [_make_award(row) for row in record.tables["awards"]],
            "publications": [_make_publication(row, site) for row in record.tables["publications"]],
            "projects": list(_iterate_projects(record)),
            "meta": {"canonical": f"{site}/resume.json" if site else None, "version": "v1.0.0"},
        }
    )


def _make_basics(record: Record) -> Part:
    profile, site = record.profile, record.site.url
    return _keep_known(
        {
            "name": profile.name,
            "label": _join(profile.position, profile.affiliation),
            "image": make_absolute(profile.photo, site) if profile.photo else None,
            "email": profile.email,
            "url": site,
            "location": _keep_known({"address": profile.location}),
            "profiles": list(_iterate_profiles(record)),
        }
    )


def _iterate_profiles(record: Record) -> Iterator[Part]:
    profile = record.profile
    for link in profile.links:
        address = make_absolute(link.url, record.site.url)
        if address and link.url != profile.cv.file:
            yield _keep_known({"network": link.label, "username": _find_username(address), "url": address})
    if profile.orcid:
        address = make_orcid_address(profile.orcid)
        yield {"network": "ORCID", "username": profile.orcid, "url": address}


def _find_username(address: str) -> str | None:
    """The last part of a profile's address: `name` of `github.com/name`; None where a query says who it is."""
    parts = urlsplit(address)
    return None if parts.query else parts.path.rstrip("/").rpartition("/")[2] or None


def _make_work(row: SimpleNamespace, site: str) -> Part:
    position = _join(row.position, row.unit)
    return _dated(row, site, {"name": row.organization, "position": position, "location": row.location})


def _make_volunteer(row: SimpleNamespace, site: str) -> Part:
    return _dated(row, site, {"organization": row.organization, "position": row.role})


def _make_education(row: SimpleNamespace, site: str) -> Part:
    start, end = split_date(row.date)
    return _keep_known(
        {
            "institution": row.institution,
            "url": _find_address(row, site),
            "area": row.area,
            "studyType": row.degree,
            "startDate": start,
            "endDate": end,
        }
    )


def _make_award(row: SimpleNamespace) -> Part:
    return _keep_known(
        {"title": row.title, "date": end_date(row.date), "awarder": row.awarder, "summary": _plain(row.text)}
    )


def _make_publication(row: SimpleNamespace, site: str) -> Part:
    return _keep_known(
        {
            "name": row.title,
            "publisher": row.venue or row.container_title or row.publisher,
            "releaseDate": end_date(row.date),
            "url": _find_address(row, site),
            "summary": row.abstract,
            "authors": [str(author) for author in row.authors],
            "doi": row.doi,
            "status": row.status,
            "award": row.award,
        }
    )


def _iterate_projects(record: Record) -> Iterator[Part]:
    site = record.site.url
    for row in record.tables["research"]:
        yield _project(row, site, "research")
    for row in record.tables["software"]:
        yield _project(row, site, "application", keywords=[row.language] if row.language else [])
    for row in record.tables["talks"]:
        yield _project(row, site, "talk", entity=row.event)
    for row in record.tables["teaching"]:
        yield _project(row, site, "teaching", entity=row.institution, roles=[row.role] if row.role else [])


def _project(row: SimpleNamespace, site: str, kind: str, **more: str | list[str] | None) -> Part:
    start, end = split_date(getattr(row, "date", None))
    dates = {"startDate": start, "endDate": end}
    address = _find_address(row, site)
    return _keep_known(
        {"name": row.title, "description": _plain(row.text), "type": kind, "url": address, **dates, **more}
    )


def _dated(row: SimpleNamespace, site: str, part: Part) -> Part:
    start, end = split_date(row.date)
    more = {"url": _find_address(row, site), "startDate": start, "endDate": end, "summary": _plain(row.text)}
    return _keep_known(part | more)


def _find_address(row: SimpleNamespace, site: str) -> str | None:
    """The first of the row's links that leads somewhere."""
    addresses = (make_absolute(address, site) for address in row.links.values())
    return next((address for address in addresses if address), None)


def _plain(text: str | None) -> str | None:
    return plain_text(text) if text else None


def _join(*parts: str | None) -> str:
    return ", ".join(part for part in parts if part)


def _keep_known(part: Part) -> Part:
    return {key: value for key, value in part.items() if value not in (None, "", [], {})}
