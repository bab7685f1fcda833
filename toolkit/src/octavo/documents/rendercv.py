"""RenderCV: the record as the YAML that RenderCV (https://docs.rendercv.com) makes CVs of.

Its texts are Markdown, so plain ones are escaped. All entries of a section are of one kind, known by its keys.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from types import SimpleNamespace
from typing import Any, TypeAlias
from urllib.parse import parse_qs, urlsplit

import yaml

from octavo.dates import PartialDate
from octavo.documents.byline import author_runs
from octavo.documents.entries import name_link
from octavo.documents.iso_dates import is_exact, split_date
from octavo.documents.losses import list_losses
from octavo.documents.record import Record
from octavo.documents.runs import Run, make_absolute, markdown_runs, plain_run
from octavo.identifiers import make_orcid_address
from octavo.schema.vocabulary import CV_SECTIONS

Part: TypeAlias = dict[str, Any]

# By host, the networks that RenderCV knows, and what stands before the name: a path, or a key of the query.
_NETWORKS = {
    "github.com": ("GitHub", "/"),
    "gitlab.com": ("GitLab", "/"),
    "linkedin.com": ("LinkedIn", "/in/"),
    "orcid.org": ("ORCID", "/"),
    "researchgate.net": ("ResearchGate", "/profile/"),
    "scholar.google.com": ("Google Scholar", "?user"),
}
_MARKDOWN = re.compile(r"([\\`*_\[\]<>])")
_DATED = frozenset({"date", "location", "text", "links"})
_HELD: Mapping[str, frozenset[str]] = {
    "profile": frozenset({"position", "affiliation", "email", "orcid", "location", "earlier_work"}),
    "education": _DATED | {"institution", "degree", "area", "thesis"},
    "experience": _DATED | {"organization", "position", "unit"},
    "research": _DATED | {"title", "status"},
    "publications": frozenset({"title", "authors", "date", "venue", "container_title", "publisher", "status"})
    | {"award", "doi", "abstract", "link"},
    "awards": _DATED | {"title", "awarder"},
    "talks": _DATED | {"title", "event"},
    "teaching": _DATED | {"title", "role", "institution"},
    "service": _DATED | {"role", "organization"},
    "software": _DATED | {"title", "language"},
}


def format_rendercv(record: Record) -> str:
    """The record as RenderCV's YAML."""
    head = "# Made from the tables in data/ by scripts/export_cv.py: change those, not this.\n"
    return head + yaml.safe_dump(make_rendercv(record), allow_unicode=True, sort_keys=False, width=100)


def list_rendercv_losses(record: Record) -> list[str]:
    """What of the record isn't in its RenderCV file."""
    profile = record.profile
    names = [link.label for link in profile.links if link.url != profile.cv.file and not _find_network(link.url)]
    return [*(f"profile: the link {name}" for name in names), *list_losses(record, _HELD)]


def make_rendercv(record: Record) -> Part:
    """The record as the mapping that RenderCV reads, with the CV's sections in their order."""
    profile = record.profile
    names = profile.cv.sections or CV_SECTIONS
    sections = {name: entries for name in names if (entries := list(_iterate_entries(name, record)))}
    networks = [*(link.url for link in profile.links), make_orcid_address(profile.orcid)]
    head = {
        "name": profile.name,
        "headline": _join(profile.position, profile.affiliation),
        "location": profile.location,
        "email": profile.email,
        "website": record.site.url,
        "social_networks": [found for url in networks if (found := _find_network(url))],
        "sections": sections,
    }
    return {"cv": _keep_known(head)}


def _iterate_entries(section: str, record: Record) -> Iterator[Part | str]:
    site = record.site.url
    if section == "earlier_work":
        yield from [_markdown(record.profile.earlier_work, site)] if record.profile.earlier_work else []
        return
    rows = record.tables[section]
    for row in rows:
        if section == "publications":
            yield _publication(row, site, record.profile.names)
        elif section == "education" and all(other.institution and other.area for other in rows):
            yield _education(row, site)
        elif section == "experience":
            yield _experience(row, site)
        else:
            yield _normal(row, site, *_NAMES[section](row))


_NAMES: Mapping[str, Callable[[SimpleNamespace], tuple[str | None, ...]]] = {
    "education": lambda row: (row.degree, row.area, row.institution),
    "research": lambda row: (row.title,),
    "awards": lambda row: (row.title, row.awarder),
    "talks": lambda row: (row.title, row.event),
    "teaching": lambda row: (row.title, row.role, row.institution),
    "service": lambda row: (row.role, row.organization),
    "software": lambda row: (row.title, row.language),
}


def _normal(row: SimpleNamespace, site: str, *names: str | None) -> Part:
    return _complete({"name": _escape(_join(*names))}, row, site)


def _experience(row: SimpleNamespace, site: str) -> Part:
    position = _escape(_join(row.position, row.unit))
    return _complete({"company": _escape(row.organization), "position": position}, row, site)


def _education(row: SimpleNamespace, site: str) -> Part:
    parts = {"institution": row.institution, "area": row.area, "degree": row.degree}
    return _complete({key: _escape(text) for key, text in parts.items() if text}, row, site)


def _publication(row: SimpleNamespace, site: str, owner: Iterable[str]) -> Part:
    authors = [_set_runs(author_runs([author], ())) for author in row.authors]
    for index, author in enumerate(row.authors):
        if author.is_named(owner):
            authors[index] = f"**{authors[index]}**"
    venue = row.venue or row.container_title or row.publisher
    status = row.status if row.status != "published" else None
    links = [address for link in row.links.values() if (address := make_absolute(link, site))]
    return _keep_known(
        {
            "title": _escape(row.title),
            "authors": authors,
            "journal": _escape(_join(venue, status, row.award)),
            "doi": row.doi,
            "url": None if row.doi else next(iter(links), None),
            "summary": _escape(row.abstract or ""),
            "date": _date_text(row.date),
        }
    )


def _complete(part: Part, row: SimpleNamespace, site: str) -> Part:
    """The entry with what every kind but publications has: dates, place, text, and a highlight for the rest."""
    thesis = getattr(row, "thesis", None)
    status = getattr(row, "status", None)
    rest = [f"Thesis: *{_escape(thesis)}*" if thesis else "", _escape(status or ""), _links(row, site)]
    known = {
        "location": _escape(getattr(row, "location", None) or ""),
        "summary": _markdown(row.text, site) if row.text else None,
        "highlights": [text for text in rest if text],
    }
    return _keep_known({**part, **_dates(getattr(row, "date", None)), **known})


def _dates(date: PartialDate | None) -> Part:
    if date is None or "/" not in date.edtf or not is_exact(date):
        return {"date": _date_text(date)}
    start, end = split_date(date)
    return {"start_date": start, "end_date": end or "present"}


def _date_text(date: PartialDate | None) -> str | None:
    """A single date as ISO 8601, so that RenderCV writes it in its language; any other as a person does."""
    if date is None:
        return None
    return date.edtf if "/" not in date.edtf and is_exact(date) else str(date)


def _links(row: SimpleNamespace, site: str) -> str:
    links = {role: make_absolute(address, site) for role, address in getattr(row, "links", {}).items()}
    runs = [plain_run(name_link(role, address), link=address) for role, address in links.items() if address]
    return ", ".join(_set_runs([run]) for run in runs)


def _markdown(text: str, site: str) -> str:
    return _set_runs(markdown_runs(text, site))


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


def _join(*parts: str | None) -> str:
    return ", ".join(part for part in parts if part)


def _keep_known(part: Part) -> Part:
    return {key: value for key, value in part.items() if value not in (None, "", [], {})}
