"""The CV's entries: what each table's rows say, in runs.

An entry is a mapping: `first`, the runs of its first line, `date` (a text or None), which stands at that
line's end, and `lines`, the lines under it, runs each.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from types import SimpleNamespace
from typing import Any, TypeAlias

from octavo.documents.byline import author_runs
from octavo.documents.runs import Run, join_runs, make_absolute, markdown_runs, plain_run
from octavo.identifiers import ARXIV_ADDRESS, DOI_ADDRESS

Entry: TypeAlias = dict[str, Any]

_LINK_LABELS = {"arxiv": "arXiv", "doi": "DOI"}
# These say on paper, too, where the work is to be found.
_IDENTIFIERS = {ARXIV_ADDRESS: "arXiv:", DOI_ADDRESS: "doi:"}


def experience_entry(row: SimpleNamespace, site_url: str) -> Entry:
    """Where, as what, in which group."""
    return _entry(row, _lead(row.organization, row.position, row.unit, row.location), site_url)


def education_entry(row: SimpleNamespace, site_url: str) -> Entry:
    """The degree and its subject, where, and the thesis."""
    degree = ", ".join(part for part in (row.degree, row.area) if part)
    thesis = [plain_run("Thesis: "), plain_run(row.thesis, emph=True)] if row.thesis else []
    return _entry(row, _lead(degree, row.institution), site_url, thesis)


def research_entry(row: SimpleNamespace, site_url: str) -> Entry:
    """The project, what it is about, where it stands."""
    entry = _entry(row, _lead(row.title), site_url)
    status = [plain_run(_capitalize(row.status), soft=True)] if row.status else []
    links = link_runs(row.links, site_url)
    entry["lines"] = [line for line in entry["lines"] if line != links]
    return _add_lines(entry, join_runs(" · ", [status, links]))


def talk_entry(row: SimpleNamespace, site_url: str) -> Entry:
    """The talk's title, where it was given."""
    return _entry(row, _lead(row.title, row.event, row.location), site_url)


def teaching_entry(row: SimpleNamespace, site_url: str) -> Entry:
    """The course, the role in it, where."""
    return _entry(row, _lead(row.title, row.role, row.institution), site_url)


def software_entry(row: SimpleNamespace, site_url: str) -> Entry:
    """The program and its language."""
    return _entry(row, _lead(row.title, row.language), site_url)


def award_entry(row: SimpleNamespace, site_url: str) -> Entry:
    """The award, who gave it, on one line."""
    return _line(row, row.title, row.awarder, site_url)


def service_entry(row: SimpleNamespace, site_url: str) -> Entry:
    """The role and for whom, on one line."""
    return _line(row, row.role, row.organization, site_url)


def publication_entry(row: SimpleNamespace, site_url: str, owner: Sequence[str] = ()) -> Entry:
    """Title, authors, and a line with venue, status, award and links."""
    entry: Entry = {"first": [plain_run(row.title, strong=True)], "date": _date(row), "lines": []}
    details = join_runs(" · ", [venue_runs(row), link_runs(row.links, site_url)])
    return _add_lines(entry, author_runs(row.authors, owner), details)


def venue_runs(row: SimpleNamespace, *, dated: bool = False) -> list[Run]:
    """`Math. Ann. 83, 24–66 (to appear) · Best Paper Award`, of which there is only what is known.

    Where the date stands nowhere else, it is put behind: `OSDI 2026`, `Math. Ann. 83, 24–66, 1921`.
    """
    venue = row.venue or row.container_title or row.publisher
    numbers = ", ".join(part for part in (_volume(row), row.page) if part)
    place = [plain_run(venue, emph=True)] if venue else []
    if venue and numbers:
        place.append(plain_run(f"{'' if row.volume else ','} {numbers}"))
    if dated and row.date is not None:
        place.append(plain_run(f"{', ' if numbers else ' '}{row.date}" if venue else str(row.date)))
    if row.forthcoming:
        place.append(plain_run(f" ({row.status})" if place else _capitalize(row.status)))
    return join_runs(" · ", [place, [plain_run(row.award, strong=True)] if row.award else []])


def link_runs(links: Mapping[str, str], site_url: str) -> list[Run]:
    """The links by role; an arXiv or DOI link with the identifier."""
    absolute = {role: make_absolute(address, site_url) for role, address in links.items()}
    return join_runs(
        " · ",
        [[plain_run(name_link(role, url), link=url, whole=True)] for role, url in absolute.items() if url],
    )


def name_link(role: str, address: str) -> str:
    """`Poster`, `arXiv:2411.08982`: what a link of this role is called where its address can't be seen."""
    for prefix, name in _IDENTIFIERS.items():
        if address.startswith(prefix):
            return name + address.removeprefix(prefix)
    return _LINK_LABELS.get(role) or _capitalize(role)


ENTRIES: Mapping[str, Callable[[SimpleNamespace, str], Entry]] = {
    "education": education_entry,
    "experience": experience_entry,
    "research": research_entry,
    "awards": award_entry,
    "talks": talk_entry,
    "teaching": teaching_entry,
    "service": service_entry,
    "software": software_entry,
}
"""How a row of each table becomes an entry; publications need the owner's names besides."""

COMPACT = frozenset({"awards", "service"})
"""The tables whose entries are a line each."""


def _lead(title: str, *details: str | None) -> list[Run]:
    return [plain_run(title, strong=True), *_details(details)]


def _details(details: Iterable[str | None]) -> list[Run]:
    rest = ", ".join(detail for detail in details if detail)
    return [plain_run(f", {rest}")] if rest else []


def _entry(row: SimpleNamespace, first: list[Run], site_url: str, *lines: list[Run]) -> Entry:
    text = markdown_runs(row.text, site_url) if row.text else []
    return _add_lines({"first": first, "date": _date(row), "lines": []}, *lines, text, link_runs(row.links, site_url))


def _line(row: SimpleNamespace, title: str, detail: str | None, site_url: str) -> Entry:
    text = _soften(markdown_runs(row.text, site_url)) if row.text else []
    first = join_runs(", ", [[plain_run(title)], [plain_run(detail, soft=True)] if detail else [], text])
    return {"first": first, "date": _date(row), "lines": []}


def _soften(runs: Iterable[Run]) -> list[Run]:
    return [{**run, "soft": True} for run in runs]


def _add_lines(entry: Entry, *lines: list[Run]) -> Entry:
    entry["lines"] += [line for line in lines if line]
    return entry


def _date(row: SimpleNamespace) -> str | None:
    date = getattr(row, "date", None)
    return str(date) if date is not None else None


def _volume(row: SimpleNamespace) -> str:
    return f"{row.volume or ''}{f' ({row.issue})' if row.issue else ''}".strip()


def _capitalize(text: str) -> str:
    return text[:1].upper() + text[1:]
