"""Statements: a source's description of a work, in the fields of the publications table.

A statement is a record in the table's terms. It is what is matched, merged, and remembered: the provenance keeps each
statement as it was last made, so that a source that says the same again changes nothing.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from octavo.formulas import is_formula
from octavo.importing.comparing import is_alike
from octavo.importing.editing.values import set_paths
from octavo.importing.markup import write_styled
from octavo.importing.readers.reading import join_pages
from octavo.importing.record import FILE, PREPRINT, REGISTRY, Record, clean_line
from octavo.inline_parser import FORMULA_PATTERN, escape_inline
from octavo.markdown import plain_title, write_inline
from octavo.model.addresses import complete_web_address
from octavo.model.authors import Author, parse_author
from octavo.model.checking import find_faults
from octavo.model.fields import is_inline, list_fields
from octavo.model.identifiers import fold_doi, normalize_arxiv
from octavo.model.links import list_addresses
from octavo.model.publications import Publication
from octavo.model.vocabulary import RETRACTED

Fields = dict[str, Any]
"""By name, or as `links.paper`: texts, and for people and topics lists of texts and mappings."""

_FIELDS = list_fields(Publication)
_INLINE = frozenset(name for name, field in list_fields(Publication).items() if is_inline(field))
# All that a preprint server knows about the published paper.
_OF_PREPRINT = ("arxiv", "abstract", "doi")


def fit_fields(fields: Fields) -> tuple[Fields, list[str]]:
    """The fields with values that the table accepts, and a message for each field that had to change.

    A value that its field refuses is fixed or kept elsewhere; it is never a reason to refuse the entry.
    """
    if not _find_fault(fields):
        return fields, []
    fitted, doubts = dict(fields), []
    for path, value in fields.items():
        if path == "type" or not (fault := _find_fault({path: value})):
            continue
        if path != "title":
            doubts.append(f"{path}: {fault}; {_mend(fitted, path)}")
            continue
        plain = (_escape_formulas(value), escape_inline(value))
        if mended := next((text for text in plain if not _find_fault({path: text})), ""):
            fitted[path] = mended  # an entry without a title isn't a work
            doubts.append(f"{path}: {fault}; imported as plain text")
    return fitted, doubts


def _escape_formulas(text: str) -> str:
    """The text, with formulas that can't be read as plain text."""
    return FORMULA_PATTERN.sub(lambda match: match[0] if is_formula(match[2]) else escape_inline(match[0]), text)


def _mend(fields: Fields, path: str) -> str:
    """Give a field a valid value, or move its text to `extra`; return what was done."""
    plain = _strip(fields.pop(path))
    if not _find_fault({path: plain}):
        fields[path] = plain
        return "imported without the Markdown"
    name = _name_extra(path, fields)
    if not isinstance(plain, str) or path.startswith("extra.") or _find_fault({f"extra.{name}": plain}):
        return "left out"
    fields[f"extra.{name}"] = plain
    return f"kept as extra.{name}"


def _strip(value: Any) -> Any:
    if isinstance(value, str):
        return plain_title(value)
    if isinstance(value, Mapping):
        return {name: _strip(part) for name, part in value.items()}
    return [_strip(item) for item in value]


def _find_fault(fields: Fields) -> str:
    """Why the table rejects one of these values; empty if it accepts them all."""
    row = set_paths({}, fields)
    return next((fault.message for fault in find_faults(Publication, row) if fault.path[0] in row), "")


def _name_extra(path: str, fields: Fields) -> str:
    """What BibTeX calls the field, or the link's role."""
    name, _, role = path.partition(".")
    known = role or _FIELDS[name].export.bibtex or name
    return known if f"extra.{known}" not in fields else f"{known}-{name}"


@dataclass(frozen=True)
class Statement:
    """What one entry of one source says."""

    fields: Fields
    source: str
    """The source: Crossref, arXiv, refs.bib."""
    key: str = ""
    """The entry's name there, as a BibTeX key; empty if it has none."""
    rank: int = FILE
    date: str = ""
    """When it was first said this way, in the provenance."""
    place: str = ""
    is_cut: bool = False
    """Whether the list of authors goes on ("and others")."""

    @property
    def name(self) -> str:
        """The entry's name for people: its key, or else the title."""
        return self.key or str(self.fields.get("title", ""))

    @property
    def is_preprint(self) -> bool:
        """Whether this is the version of a preprint server, not the published one."""
        return self.fields.get("status") == "preprint"

    @property
    def is_lookup(self) -> bool:
        """Whether it was looked up by an identifier, and isn't from a list that someone keeps."""
        return self.rank in (REGISTRY, PREPRINT)

    @cached_property
    def print(self) -> str:
        """Its fields as one text, which is equal only for statements that say exactly the same."""
        return json.dumps(self.fields, ensure_ascii=False, sort_keys=True)


def make_statement(record: Record, *, with_orcid: bool) -> tuple[Statement, list[str]]:
    """A record in the table's terms, and messages about values that the table doesn't accept unchanged."""
    fields, doubts = fit_fields(describe_record(record, with_orcid=with_orcid))
    return Statement(fields, record.source, record.key, record.rank, "", record.place, record.is_cut), doubts


def describe_record(record: Record, *, with_orcid: bool = False) -> Fields:
    """The fields of a record that aren't empty."""
    people = {"authors": record.author, "editors": record.editor, "translators": record.translator}
    fields: Fields = {
        "title": write_styled(record.title),
        **{name: [_describe_author(each, with_orcid=with_orcid) for each in named] for name, named in people.items()},
        "date": record.issued,
        "type": record.type,
        "venue": record.container_title_short,
        "container_title": record.container_title,
        "volume": record.volume,
        "issue": record.issue,
        "page": record.page,
        "publisher": record.publisher,
        "status": record.status,
        "abstract": "\n\n".join(map(write_styled, record.abstract.split("\n\n"))),
        "doi": record.doi,
        "arxiv": record.arxiv,
        "topics": list(record.topics),
        "selected": "true" if record.selected else "",
        **{name: write_inline(text) if name in _INLINE else text for name, text in record.texts.items()},
        **{f"extra.{name}": text for name, text in record.extra.items()},
        **dict(_name_links(record)),
    }
    _drop_repeated_numbers(fields)
    return {name: _spell(name, value) for name, value in fields.items() if value}


def _drop_repeated_numbers(fields: Fields) -> None:
    """Drop values that ADS and Crossref repeat: an article's number as its page, and a preprint's identifier."""
    for name in ("number", "page"):
        if fields["arxiv"] and normalize_arxiv(fields.get(name, "")) == fields["arxiv"]:
            del fields[name]
    if join_pages(fields.get("number", "")) == fields.get("page"):
        fields.pop("number", None)


def _spell(name: str, value: Any) -> Any:
    """The value, its formulas in Unicode if the field holds none."""
    if name in _INLINE or "." in name or not isinstance(value, str) or "$" not in value:
        return value
    return plain_title(write_inline(value))


def combine_statements(statements: Sequence[Statement]) -> dict[str, tuple[Any, Statement]]:
    """The fields of a new row: for each, the best statement's value and that statement."""
    ordered = sorted(statements, key=get_weight)
    offers: dict[str, tuple[Any, Statement]] = {}
    for statement in ordered:
        fields = statement.fields
        if statement.is_preprint and not ordered[0].is_preprint:
            fields = claim_fields(statement, {"status": "published"})
        for path, value in fields.items():
            offers.setdefault(path, (value, statement))
    return offers


def get_weight(statement: Statement) -> tuple[bool, int]:
    """The sort key of statements, best first: published before preprint, then by the source's rank."""
    return statement.is_preprint, -statement.rank


def claim_fields(statement: Statement, row: Mapping[str, Any]) -> Fields:
    """The values that a statement claims for an existing row, which may be another version of the work."""
    fields = dict(statement.fields)
    _drop_repetitions(fields, row)
    if statement.is_preprint:
        if is_published(row):
            return {name: value for name, value in fields.items() if name in _OF_PREPRINT}
        # a preprint may well be under review, and the row knows its own type
        return {name: value for name, value in fields.items() if name not in ("status", "type") or not row.get("type")}
    status = row.get("status")
    has_new_venue = has_venue(fields) and not has_venue(row)
    is_out = statement.rank == REGISTRY or (status == "preprint" and has_new_venue)
    if status and status != RETRACTED and "status" not in fields and is_out:
        fields["status"] = "published"
    if fields.get("type") == "document":  # the fallback type
        del fields["type"]
    if statement.is_cut:
        fields.pop("authors", None)
    return fields


def is_published(row: Mapping[str, Any]) -> bool:
    """Whether a row's paper is published, or has a venue."""
    return bool(row.get("doi") or has_venue(row) or row.get("status") == "published")


def has_venue(row: Mapping[str, Any]) -> bool:
    """Whether it says where it appeared."""
    return bool(row.get("venue") or row.get("container_title"))


def _drop_repetitions(fields: Fields, row: Mapping[str, Any]) -> None:
    """Drop values that the row has in another field: exports use one field for venues, addresses, notes, or pages."""
    addresses = list_addresses(row.get("links"))
    addresses.append(str(row.get("doi") or ""))  # it may be arXiv's
    if not row.get("container_title") and is_alike("venue", row.get("venue"), fields.get("container_title")):
        del fields["container_title"]
    if row.get("status") and is_alike("note", row["status"], fields.get("note")):
        del fields["note"]
    if fields.get("links.paper") in addresses:
        del fields["links.paper"]
    # The readers keep a preprint's volume as `extra`.
    for name, other in (("number", "page"), ("page", "number"), ("extra.volume", "volume")):
        if name in fields and join_pages(fields[name]) == join_pages(str(row.get(other) or "")):
            del fields[name]
    for name in ("doi", "arxiv"):
        if name in fields and any(is_alike(name, address, fields[name]) for address in addresses):
            del fields[name]


def _describe_author(author: Author, *, with_orcid: bool) -> str | dict[str, str]:
    """A name in reading order if the tables read it back unchanged; otherwise its parts."""
    parts = {name: getattr(author, name) for name in ("given", "particle", "family", "suffix", "literal")}
    written = f"{{{author.literal}}}" if author.literal else str(author)
    equal = {"equal": "true"} if author.equal else {}
    orcid = {"orcid": author.orcid} if with_orcid and author.orcid else {}
    if not (equal or orcid):
        try:
            if parse_author(written) == Author(**parts):
                return written
        except ValueError:
            pass
    known = {name: part for name, part in parts.items() if part}
    return known | equal | orcid


def _name_links(record: Record) -> Iterator[tuple[str, str]]:
    """The addresses by path; if the paper has one, its page is the publisher's. Some aren't web addresses."""
    page = "publisher" if "paper" in record.links else "paper"
    for role, url in [(page, record.url), *record.links.items()]:
        is_derived = record.doi and fold_doi(url) == fold_doi(record.doi)
        if url and not is_derived and not (record.arxiv and normalize_arxiv(url) == normalize_arxiv(record.arxiv)):
            try:
                yield f"links.{role}", complete_web_address(url)
            except ValueError:
                yield "extra.url", clean_line(url)
