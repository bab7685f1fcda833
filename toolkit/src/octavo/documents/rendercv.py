"""RenderCV: the record as the YAML from which RenderCV (https://docs.rendercv.com) makes CVs.

Its texts are Markdown, so plain ones are escaped. All entries of a section are of one kind, known by its keys.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import parse_qs, urlsplit

import yaml

from octavo.documents.entries import author_runs, name_link
from octavo.documents.parts import Held, Part, find_address, is_exact, join_texts, keep_known, list_losses, split_date
from octavo.documents.record import Record
from octavo.documents.runs import Run, make_absolute, markdown_runs, plain_run, title_runs
from octavo.model.authors import Author
from octavo.model.catalog import EARLIER_WORK, name_section
from octavo.model.dates import PartialDate
from octavo.model.entries import Entry, make_entry
from octavo.model.fields import Field, Role, is_inline, list_fields
from octavo.model.identifiers import make_orcid_address
from octavo.model.publications import Publication
from octavo.model.row import Row
from octavo.model.vocabulary import LinkName

# The networks that RenderCV knows, by host, and what precedes the user name: a path, or a key of the query.
_NETWORKS = {
    "github.com": ("GitHub", "/"),
    "gitlab.com": ("GitLab", "/"),
    "linkedin.com": ("LinkedIn", "/in/"),
    "orcid.org": ("ORCID", "/"),
    "researchgate.net": ("ResearchGate", "/profile/"),
    "scholar.google.com": ("Google Scholar", "?user"),
}
_MARKDOWN = re.compile(r"([\\`*_\[\]<>])")


def format_rendercv(record: Record) -> str:
    """The record as RenderCV's YAML."""
    head = "# Made from the tables in data/ by `octavo cv`: change those, not this.\n"
    return head + yaml.safe_dump(make_rendercv(record), allow_unicode=True, sort_keys=False, width=100)


def list_rendercv_losses(record: Record) -> list[str]:
    """The parts of the record that RenderCV's file leaves out."""
    profile = record.profile
    names = [link.label for link in profile.links if link.url != profile.cv.file and not _find_network(link.url)]
    held = {"position", "affiliation", "affiliations", "email", "orcid", "location", "earlier_work"}
    return [*(f"profile: the link {name}" for name in names), *list_losses(record, held, hold_field)]


def hold_field(row_type: type[Row], field: Field) -> Held:
    """How much of a table's field RenderCV holds; plain entries hold everything that has a role."""
    if row_type is not Publication:
        return "all" if field.role not in (None, Role.PICTURE) else "none"
    if not field.export.rendercv:
        return "none"
    return "first" if field.role is Role.LINKS else "all"


def make_rendercv(record: Record) -> Part:
    """The record as the mapping that RenderCV reads, with the CV's sections in their order."""
    profile = record.profile
    sections = {
        _name_key(name): entries for name in profile.cv.sections if (entries := list(_iterate_entries(name, record)))
    }
    networks = [*(link.url for link in profile.links), make_orcid_address(profile.orcid)]
    head = {
        "name": profile.name,
        "headline": join_texts(profile.position, *(each.name for each in profile.workplaces)),
        "location": profile.location,
        "email": profile.email,
        "website": record.site.url,
        "social_networks": [found for url in networks if (found := _find_network(url))],
        "sections": sections,
    }
    return {"cv": keep_known(head)}


def _name_key(section: str) -> str:
    """The key from which RenderCV makes the heading: `students_advised`."""
    return name_section(section).lower().replace(" ", "_")


def _iterate_entries(section: str, record: Record) -> Iterator[Part | str]:
    site, owner = record.site.url, record.profile.names
    if section == EARLIER_WORK:
        yield from [_markdown(record.profile.earlier_work, site)] if record.profile.earlier_work else []
    elif section == "publications":
        yield from (_publication(row, site, owner) for row in record.publications)
    else:
        rows = record.tables[section]
        own = [_make_own_part(row) for row in rows]
        if not all(own):
            own = [{} for _ in rows]
        for row, part in zip(rows, own, strict=True):
            entry = make_entry(row)
            link = make_absolute(entry.address, site) if entry.address else None
            title = _set_runs(title_runs(entry.title, link=link))
            name = join_texts(title, _escape(join_texts(*entry.details)))
            yield _complete(part or {"name": name}, entry, site, owner)


def _make_own_part(row: Row) -> Part:
    """The keys that RenderCV's own kind of entry for the table requires; empty if a value is missing."""
    part: dict[str, str] = {}
    for field in list_fields(type(row)).values():
        if key := field.export.rendercv:
            value = getattr(row, field.name)
            part[key] = join_texts(part.get(key), _title(value) if is_inline(field) else _escape(value or ""))
    return part if all(part.values()) else {}


def _publication(row: Publication, site: str, owner: Iterable[str]) -> Part:
    status = row.status if row.status != "published" else None
    # It asks for a list of authors, which may be empty.
    authors = _list_people(row.makers, owner, site)
    return {"title": _title(row.title), "authors": authors} | keep_known(
        {
            "journal": join_texts(
                _escape(join_texts(row.published_in, status, row.award)), _markdown(row.note or "", site)
            ),
            "doi": row.doi,
            "url": None if row.doi else find_address(row.links, site),
            "summary": _title(row.abstract or ""),
            "date": _date_text(row.date),
        }
    )


def _list_people(people: Iterable[Author], owner: Iterable[str], site: str) -> list[str]:
    texts = ((author, _set_runs(author_runs([author], (), site))) for author in people)
    return [f"**{text}**" if author.is_named(owner) else text for author, text in texts]


def _complete(part: Part, entry: Entry, site: str, owner: Iterable[str]) -> Part:
    """The part with what all entries except publications have: dates, place, text, and highlights for the rest."""
    rest = [
        ", ".join(_list_people(entry.people, owner, site)),
        *(f"{label}: {_set_runs(title_runs(note, emph=True))}" for label, note in entry.notes),
        _escape(entry.status or ""),
        _links(entry.links, site),
    ]
    known = {
        "location": _escape(entry.place or ""),
        "summary": _markdown(entry.text, site) if entry.text else None,
        "highlights": [text for text in rest if text],
    }
    return keep_known({**part, **_dates(entry.date), **known})


def _dates(date: PartialDate | None) -> Part:
    if date is None or "/" not in date.edtf or not is_exact(date):
        return {"date": _date_text(date)}
    start, end = split_date(date)
    return {"start_date": start, "end_date": end or "present"}


def _date_text(date: PartialDate | None) -> str | None:
    """A single date as ISO 8601, which RenderCV writes in its own language; any other date as a person writes it."""
    if date is None:
        return None
    return date.edtf if "/" not in date.edtf and is_exact(date) else str(date)


def _links(links: Mapping[LinkName, str], site: str) -> str:
    absolute = {role: make_absolute(address, site) for role, address in links.items()}
    runs = [plain_run(name_link(role, address), link=address) for role, address in absolute.items() if address]
    return ", ".join(_set_runs([run]) for run in runs)


def _markdown(text: str, site: str) -> str:
    return _set_runs(markdown_runs(text, site))


def _title(text: str) -> str:
    return _set_runs(title_runs(text))


def _set_runs(runs: Iterable[Run]) -> str:
    return "".join(map(_set_run, runs))


def _set_run(run: Run) -> str:
    text = f"`{run['text']}`" if run.get("code") else _escape(str(run["text"]))
    marks = ("**" if run.get("strong") else "") + ("*" if run.get("emph") else "")
    text = f"{marks}{text}{marks[::-1]}"
    return f"[{text}]({run['link']})" if "link" in run else text


def _escape(text: str) -> str:
    return _MARKDOWN.sub(r"\\\1", text)


def _find_network(address: str) -> Part | None:
    parts = urlsplit(address)
    network, before = _NETWORKS.get(parts.netloc.removeprefix("www."), ("", ""))
    if before.startswith("?"):
        username = parse_qs(parts.query).get(before[1:], [""])[0]
    else:
        username = parts.path.removeprefix(before).strip("/") if parts.path.startswith(before) else ""
    return {"network": network, "username": username} if network and username else None
