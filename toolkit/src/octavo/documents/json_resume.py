"""JSON Resume: the record as resume.json, by https://jsonresume.org/schema (1.0.0).

The schema has no keys for a publication's authors, DOI, status, and award, so they get keys of their own, which it
allows.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from octavo.documents.parts import (
    Held,
    Part,
    end_date,
    find_address,
    join_texts,
    keep_known,
    list_inexact,
    list_losses,
    split_date,
)
from octavo.documents.record import Record
from octavo.documents.runs import make_absolute
from octavo.markdown import plain_text, plain_title
from octavo.model.fields import Field, Role, list_fields
from octavo.model.identifiers import make_orcid_address
from octavo.model.publications import Publication
from octavo.model.row import Row, Table
from octavo.pictures.sizes import PORTRAIT, find_fallback

SCHEMA = "https://raw.githubusercontent.com/jsonresume/resume-schema/v1.0.0/schema.json"

_SPAN = {"startDate": Role.DATE, "endDate": Role.DATE}
SECTIONS: Mapping[str, Mapping[str, Role | None]] = {
    "work": {"name": None, "position": None, "location": Role.PLACE, "url": Role.LINKS, **_SPAN, "summary": Role.TEXT},
    "volunteer": {"organization": None, "position": None, "url": Role.LINKS, **_SPAN, "summary": Role.TEXT},
    "education": {"institution": None, "url": Role.LINKS, "area": None, "studyType": None, **_SPAN},
    "awards": {"title": Role.TITLE, "date": Role.DATE, "awarder": None, "summary": Role.TEXT},
    "publications": dict.fromkeys(
        ["name", "publisher", "releaseDate", "url", "summary", "authors", "doi", "status", "award", "note"]
    ),
    "projects": {"name": Role.TITLE, "description": Role.TEXT, "type": None, "url": Role.LINKS}
    | {**_SPAN, "entity": None, "keywords": None, "roles": None},
}
"""Each section's keys, in their order, with the role whose fields they hold unless a field names its key."""
_LISTS = frozenset({"keywords", "roles"})


def format_json_resume(record: Record) -> str:
    """The record as JSON Resume."""
    return json.dumps(make_json_resume(record), ensure_ascii=False, indent=2) + "\n"


def list_json_resume_losses(record: Record) -> list[str]:
    """The parts of the record that JSON Resume leaves out."""
    profile = {"position", "affiliation", "affiliations", "email", "orcid", "photo", "location"}
    return [*list_losses(record, profile, hold_field), *list_inexact(record)]


def make_json_resume(record: Record) -> Part:
    """The record as the mapping that JSON Resume's schema describes, without empty parts."""
    site = record.site.url
    sections: dict[str, list[Part]] = {section: [] for section in SECTIONS}
    for rows in record.tables.values():
        for row in rows:
            part = _make_publication(row, site) if isinstance(row, Publication) else _make_part(row, site)
            sections[row.table.resume].append(part)
    return keep_known(
        {
            "$schema": SCHEMA,
            "basics": _make_basics(record),
            **sections,
            "meta": {"canonical": f"{site}/resume.json" if site else None, "version": "v1.0.0"},
        }
    )


def hold_field(row_type: type[Row], field: Field) -> Held:
    """How much of a table's field JSON Resume holds."""
    if field.role is Role.LINKS:
        return "first" if "url" in SECTIONS[row_type.table.resume] else "none"
    return "all" if _find_keys(row_type.table, field) else "none"


def _find_keys(table: Table, field: Field) -> list[str]:
    """The keys under which a section holds a field."""
    keys = SECTIONS[table.resume]
    if field.export.resume:
        return [field.export.resume] if field.export.resume in keys else []
    return [key for key, role in keys.items() if role and role is field.role]


def _make_basics(record: Record) -> Part:
    profile, site = record.profile, record.site.url
    return keep_known(
        {
            "name": profile.name,
            "label": join_texts(profile.position, *(each.name for each in profile.workplaces)),
            "image": make_absolute(find_fallback(profile.picture, PORTRAIT), site) if profile.picture else None,
            "email": profile.public_email,
            "url": site,
            "location": keep_known({"address": profile.location}),
            "profiles": list(_iterate_profiles(record)),
        }
    )


def _iterate_profiles(record: Record) -> Iterator[Part]:
    profile = record.profile
    for link in profile.links:
        address = make_absolute(link.url, record.site.url)
        if address and link.url != profile.cv.file:
            yield keep_known({"network": link.label, "username": _find_username(address), "url": address})
    if profile.orcid:
        address = make_orcid_address(profile.orcid)
        yield {"network": "ORCID", "username": profile.orcid, "url": address}


def _find_username(address: str) -> str | None:
    """The last part of a profile's address: `name` of `github.com/name`; None if a query names the user."""
    parts = urlsplit(address)
    return None if parts.query else parts.path.rstrip("/").rpartition("/")[2] or None


def _make_part(row: Row, site: str) -> Part:
    """A row's part of its section, with the section's keys in their order."""
    values: dict[str, Any] = {"type": row.table.resume_type}
    for field in list_fields(type(row)).values():
        value = getattr(row, field.name)
        for key in _find_keys(row.table, field) if value else ():
            converted = _convert(key, field, value, site)
            if key == "url":
                values.setdefault(key, converted)
            elif key in _LISTS:
                values[key] = [*values.get(key, []), converted]
            else:
                values[key] = join_texts(values[key], converted) if key in values else converted
    return keep_known({key: values.get(key) for key in SECTIONS[row.table.resume]})


def _convert(key: str, field: Field, value: Any, site: str) -> Any:
    match field.role:
        case Role.DATE:
            start, end = split_date(value)
            return {"startDate": start, "endDate": end}.get(key, end or start)
        case Role.ADDRESS:
            return make_absolute(value, site)
        case Role.LINKS:
            return find_address(value, site)
        case Role.TEXT:
            return plain_text(value)
        case Role.TITLE:
            return plain_title(value)
        case Role.PEOPLE:
            return ", ".join(map(str, value))
    return value


def _make_publication(row: Publication, site: str) -> Part:
    return keep_known(
        {
            "name": plain_title(row.title),
            "publisher": row.published_in,
            "releaseDate": end_date(row.date),
            "url": find_address(row.links, site),
            "summary": plain_title(row.abstract or ""),
            "authors": [str(maker) for maker in row.makers],
            "doi": row.doi,
            "status": row.status,
            "award": row.award,
            "note": plain_text(row.note or ""),
        }
    )
