"""Proposals: everything that a run of `octavo watch` found, and the changes that it may write."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import NamedTuple

from octavo.errors import Problem
from octavo.files import write_file
from octavo.importing.client import Client
from octavo.importing.collecting import Request, collect_records, list_identifiers, list_profile_sources
from octavo.importing.decisions import Owner
from octavo.importing.editing.layout import read_table_text
from octavo.importing.planning import Plan, draft_plan, make_plan, read_valid_folder, update_provenance
from octavo.importing.sources.service import Say
from octavo.importing.storage import Storage
from octavo.model.publications import Publication
from octavo.model.vocabulary import LinkName
from octavo.tables.data_folder import show_path
from octavo.tables.rows import load_rows
from octavo.watching.cited import RetractedWork, find_retracted
from octavo.watching.indexes import INDEXES, Finding, NewCount, ask_indexes, compare_counts, format_counts
from octavo.watching.links import DeadLink, find_dead_links

# Links with these roles usually lead to a copy of the paper that anyone can read.
_FREE: frozenset[LinkName] = frozenset({"paper", "arxiv"})


class Options(NamedTuple):
    """What to check besides the owner's own works."""

    counts: bool = False
    """Citation counts and free copies, even if there is no table of counts yet."""
    cited: bool = False
    """Whether to check cited works for retractions."""
    site: Path | None = None
    """The built site whose links are tried."""
    site_url: str | None = None


@dataclass
class Proposals:
    """The findings of a run."""

    plan: Plan = field(default_factory=Plan)
    """New papers, and changes of existing ones."""
    sources: list[str] = field(default_factory=list)
    """The sources that were searched for new papers."""
    counts: list[NewCount] = field(default_factory=list)
    copies: list[Finding] = field(default_factory=list)
    """Free copies of works that have no link to one yet."""
    retracted: list[RetractedWork] = field(default_factory=list)
    dead: list[DeadLink] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to report, apart from sources that didn't answer."""
        plan = self.plan
        found = [plan.additions, plan.changes, plan.conflicts, plan.questions]
        return not any([*found, self.counts, self.copies, self.retracted, self.dead])


def watch(data: Path, request: Request, wanted: Options, *, write: bool = False) -> Proposals:
    """Check everything, and write new rows, changes, and counts if requested.

    Raises:
        OctavoError: if the tables have errors, or can't be written. A source that fails is a problem in the result.
    """
    proposals = Proposals()
    _look_for_papers(proposals, data, request, write=write)
    rows = load_rows(Publication, data)
    with request.connect() as client:
        if wanted.counts or (data / "citations.yml").exists():
            _count_citations(proposals, data, rows, client, request.say, write=write)
        for one in find_retracted(rows, client, request.say) if wanted.cited else ():
            if isinstance(one, Problem):
                proposals.problems.append(one)
            else:
                proposals.retracted.append(one)
        if wanted.site:
            cache = data.absolute().parent / ".cache/links.json"
            proposals.dead += find_dead_links(wanted.site, wanted.site_url, cache, client)
    return proposals


def _look_for_papers(proposals: Proposals, data: Path, request: Request, *, write: bool) -> None:
    """Plan an import from the profile's sources, and look up every row with an identifier."""
    folder = read_valid_folder(data)
    profile = folder.files["profile"].rows[0]
    storage, path = Storage(data, "publications"), show_path(data / "publications.yml")
    proposals.sources = list_profile_sources(profile)
    rows = read_table_text(storage.read_table(), path).rows
    collection = collect_records(replace(request, sources=proposals.sources), list(list_identifiers(rows)))
    with storage.lock(reads_only=not write):
        before, memory = storage.read_table(), storage.read_memory()
        table = read_table_text(before, path)
        plan = proposals.plan = make_plan(table, memory, collection.records, Owner(language=folder.languages.default))
        draft = draft_plan(table, plan)
        proposals.problems += [*collection.problems, *plan.problems]
        if write:
            storage.write_table(before, draft.content)
            storage.write_memory(memory, update_provenance(plan), plan.decisions)


def _count_citations(
    proposals: Proposals, data: Path, rows: Sequence[Publication], client: Client, say: Say, *, write: bool
) -> None:
    """Ask the indexes that the table of counts names, or all of them if there is no such table."""
    file = read_valid_folder(data).files.get("citations")
    known = file.rows if file else ()
    named = dict.fromkeys(row["source"] for row in known if row["source"] in INDEXES)
    found: list[Finding] = []
    for one in ask_indexes(rows, list(named or INDEXES), client, say):
        if isinstance(one, Problem):
            proposals.problems.append(one)
        else:
            found.append(one)
    reached = {row.id for row in rows if row.arxiv or row.links.keys() & _FREE}
    copies = {one.publication: one for one in found if one.copy and one.publication not in reached}
    proposals.copies = list(copies.values())
    proposals.counts = compare_counts(known, found)
    # A change of dates alone isn't worth anyone's review.
    if write and proposals.counts:
        order = [row.id for row in load_rows(Publication, data, hidden=True)]
        text = format_counts(known, found, order, date.today().isoformat())
        write_file(data / "citations.yml", text, sync=True)
