"""The CV: the profile's sections in the profile's order, as the data that `documents/cv.typ` sets."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import Any, TypeAlias
from urllib.parse import urlsplit

from octavo.documents.entries import CvEntry, marks_runs, publication_entry, row_entries
from octavo.documents.record import Record
from octavo.documents.runs import Run, join_runs, make_absolute, markdown_runs, plain_run
from octavo.documents.typesetting import describe_language
from octavo.language.words import write_word
from octavo.model.catalog import EARLIER_WORK, TABLES, name_section
from octavo.model.entries import make_entry
from octavo.model.identifiers import make_orcid_address
from octavo.model.profile import Affiliation, Profile
from octavo.model.vocabulary import name_shelf

Document: TypeAlias = dict[str, Any]

# A longer address is less helpful than its label.
_SHOWN_ADDRESS = 34


def describe_cv(record: Record) -> Document:
    """The whole CV."""
    sections = [section for name in record.profile.cv.sections if (section := _describe_section(name, record))]
    return _describe_document(record, write_word("cv"), sections)


def describe_publications(record: Record) -> Document:
    """The publications alone, grouped by year."""
    groups: dict[str, list[CvEntry]] = {}
    for row in record.publications:
        entry = publication_entry(row, record.site.url, record.profile)
        heading = name_shelf(row.shelf)
        if entry["date"] == heading:
            entry["date"] = None
        groups.setdefault(heading, []).append(entry)
    sections = [_section(heading, entries, close=True) for heading, entries in groups.items()]
    if sections:
        sections[-1]["note"] = marks_runs(row.makers for row in record.publications)
    title = name_section("publications")
    return _describe_document(record, title, sections) | {"subtitle": title}


def find_publications_file(cv_file: str) -> str:
    """The path of the publications' PDF in the site: next to the CV and named after it."""
    cv = PurePosixPath(cv_file)
    stem = cv.stem[:-2] if cv.stem.lower().endswith("cv") else f"{cv.stem}_"
    return str(cv.with_name(f"{stem}Publications.pdf"))


def _describe_document(record: Record, kind: str, sections: Sequence[dict[str, Any]]) -> Document:
    profile = record.profile
    return {
        "title": f"{profile.name}: {kind}",
        "description": write_word("cv-of", document=kind, name=profile.name),
        "name": profile.name,
        "subtitle": None,
        **describe_language(record.site.language),
        "paper": profile.cv.paper,
        "lines": [line for line in [_position_runs(profile)] if line],
        "contacts": _contact_runs(record),
        "sections": list(sections),
    }


def _describe_section(name: str, record: Record) -> dict[str, Any] | None:
    site_url, owner = record.site.url, record.profile
    compact = name != EARLIER_WORK and TABLES[name].table.compact
    if name == EARLIER_WORK:
        text = record.profile.earlier_work
        entries = [{"first": markdown_runs(text, site_url), "date": None, "lines": []}] if text else []
    elif name == "publications":
        entries = [publication_entry(row, site_url, owner) for row in record.publications]
    else:
        entries = row_entries(record.tables[name], site_url, owner)
    note = marks_runs(make_entry(row).people for row in record.tables.get(name, ()))
    return _section(name_section(name), entries, compact=compact, note=note) if entries else None


def _section(
    heading: str, entries: list[CvEntry], *, compact: bool = False, close: bool = False, note: Sequence[Run] = ()
) -> dict[str, Any]:
    return {"heading": heading, "compact": compact, "close": close, "entries": entries, "note": list(note)}


def _position_runs(profile: Profile) -> list[Run]:
    position = [plain_run(profile.position)] if profile.position else []
    pronouns = [plain_run(f" ({profile.pronouns})", soft=True)] if profile.pronouns else []
    return join_runs(write_word("list-separator"), [position, *map(_workplace_runs, profile.workplaces)]) + pronouns


def _workplace_runs(workplace: Affiliation) -> list[Run]:
    department = [plain_run(workplace.department)] if workplace.department else []
    name = [plain_run(workplace.name, link=workplace.url or None)] if workplace.name else []
    return join_runs(write_word("list-separator"), [department, name])


def _contact_runs(record: Record) -> list[list[Run]]:
    profile, site = record.profile, record.site
    contacts: list[tuple[str, str | None]] = [(profile.location, None)] if profile.location else []
    if profile.email:
        contacts.append((profile.email, f"mailto:{profile.email}"))
    if site.url:
        contacts.append((_show_address(site.url) or site.title, site.url))
    if profile.orcid:
        contacts.append((f"ORCID {profile.orcid}", make_orcid_address(profile.orcid)))
    for link in profile.links:
        address = make_absolute(link.url, site.url)
        if address and link.url != profile.cv.file:
            contacts.append((_show_address(address) or link.label, address))
    return [[plain_run(text, link=address, soft=not address)] for text, address in contacts]


def _show_address(address: str) -> str:
    """`github.com/name`: the address as one would type it, or nothing if it is too long or has a query."""
    parts = urlsplit(address)
    shown = (parts.netloc.removeprefix("www.") + parts.path).rstrip("/")
    return "" if parts.query or parts.fragment or len(shown) > _SHOWN_ADDRESS else shown
