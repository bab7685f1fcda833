"""Our own corpus: every entry type of BibTeX, biblatex, RIS, and CSL, and every oddity we know of.

Each file in `corpus` is imported twice, exported in every format, and imported from there. Other parsers tell us what
is in it.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import pytest

from octavo.importing.comparing import read_author
from octavo.markdown import plain_title
from tests.importing.oracles import (
    Theirs,
    fold,
    fold_family,
    list_fields_with_others,
    list_words,
    read_with_others,
)
from tests.importing.project import EXPORTS, Project

CORPUS = Path(__file__).with_name("corpus")
FILES = sorted(CORPUS.iterdir())
# Where our reading deliberately differs from theirs.
OTHERWISE = {
    ("nmLabels", "families"): "biblatex's labeled names",
    ("nmSemicolons", "families"): "names between semicolons",
    ("nmInitials", "families"): "initials after family names, as PubMed has them",
    ("risEDBOOK", "families"): "the authors of an edited book are its editors",
    ("rfMarkup", "title"): "HTML is mark-up",
    ("rfWords", "DA"): "2020-05-12",
    ("sbPreprint", "year"): "the published paper's",
    ("txHtml", "title"): "HTML is mark-up",
    ("txMath", "title"): "`\\mathcal` is part of a formula, not a word",
}
# Fields that don't describe the work: its entry's key and type, and the entries that lend it fields.
HEADS = frozenset({"TY", "ID", "id", "type", "crossref", "xdata"})
# Names of RIS and CSL fields in the report.
REPORTED = {"KW": "keywords", "keyword": "keywords"}
# Fields that the row has in other words.
REWORDED = {
    ("afPlain", "selected"): "nothing is selected unless it says so",
    ("bfMarkdown", "journaltitle"): "without the address of its link, which is reported",
    ("bfPubstate", "pubstate"): "under review",
    ("cfMarkup", "title"): "lowered letters are one word with those around them",
    ("idArxivVersion", "eprint"): "a row is about all versions",
    ("rfWords", "DA"): "2020-05-12",
    ("sbPreprint", "year"): "the published paper's",
    ("txHtml", "title"): "lowered letters are one word with those around them",
    ("txMacroArxiv", "journal"): "it has an arXiv identifier",
    ("txMathGreek", "title"): "pybtex has no mathematics",
    ("txNested", "title"): "pybtex reads one accent",
    ("txNoopsort", "title"): "`\\noopsort` hides what it sorts by",
    ("txScripts", "title"): "raised letters are formulas",
    ("txUrl", "title"): "the text of a link, without its address",
}
each_file = pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)


class Imported(NamedTuple):
    """The result of importing a file."""

    report: dict[str, Any]
    rows: dict[str, dict[str, Any]]
    """By id."""
    owners: dict[str, list[str]]
    """The keys of the entries that each row is made of, by the row's id."""


@cache
def import_file(file: Path) -> Imported:
    with TemporaryDirectory() as root:
        project = Project(Path(root), "[]\n")
        report = project.run(file)
        said = json.loads(project.read().get("publications.json", b"{}"))
    owners = {row: [one.get("key", "") for one in statements] for row, statements in said.items()}
    return Imported(report, {row["id"]: row["fields"] for row in report["new"]}, owners)


@each_file
def test_a_file_that_is_imported_again_changes_no_byte(file: Path) -> None:
    with TemporaryDirectory() as root:
        project = Project(Path(root), "[]\n")
        first = project.run(file)
        after = project.read()
        second = project.run(file)
        assert (second["new"], second["changed"], second["conflicts"], second["merges"]) == ([], [], [], [])
        assert second["questions"] == first["questions"]
        assert project.read() == after


@pytest.mark.parametrize(
    ("name", "format_"),
    [(file.name, form) for file in FILES for form in EXPORTS],
)
def test_importing_an_export_of_imported_rows_changes_nothing(name: str, format_: str) -> None:
    with TemporaryDirectory() as root:
        project = Project(Path(root), "[]\n")
        project.run(CORPUS / name)
        before = project.read()
        report = project.run(project.export(format_))
        assert (report["new"], report["changed"], report["conflicts"], report["questions"]) == ([], [], [], [])
        assert [problem for problem in report["problems"] if problem["severity"] == "error"] == []
        assert project.read()["publications.yml"] == before["publications.yml"]


@each_file
def test_no_entry_is_merged_into_another_silently(file: Path) -> None:
    imported = import_file(file)
    reported = Counter(merge["row"] for merge in imported.report["merges"])
    merged = Counter({row: len(keys) - 1 for row, keys in imported.owners.items()})
    assert +merged == +reported


@pytest.mark.parametrize("file", [file for file in FILES if file.name != "odd.ris"], ids=lambda file: file.name)
def test_the_import_matches_what_two_other_parsers_agree_on(file: Path) -> None:
    imported = import_file(file)
    rows = {key: imported.rows[row] for row, keys in imported.owners.items() for key in keys}
    one, other = ({entry.key: entry for entry in entries} for entries in read_with_others(file))
    compared = 0
    for key in one.keys() & other.keys() & rows.keys():
        ours = describe_row(key, rows[key])
        for name, value in one[key]._asdict().items():
            if is_told(name, value) and value == getattr(other[key], name) and (key, name) not in OTHERWISE:
                mine = getattr(ours, name)
                assert mine == value or (name == "title" and mine.startswith(value)), (key, name)
                compared += 1
    assert compared or not rows


def is_told(name: str, value: Any) -> bool:
    """Whether the field says something; a year in words is a status."""
    return bool(value) and (name != "year" or (len(value) == 4 and value.isdigit()))


def describe_row(key: str, row: dict[str, Any]) -> Theirs:
    people = map(read_author, row.get("authors", ()))
    families = tuple(fold_family(person.family or person.literal) for person in people)
    year = re.search("[0-9]{4}", row.get("date", ""))
    return Theirs(key, fold(plain_title(row["title"])), families, year[0] if year else "")


def test_only_entries_that_are_not_works_are_refused() -> None:
    problems = [problem for file in FILES for problem in import_file(file).report["problems"]]
    refused = {(Path(one["path"]).name, one["line"]): one["message"] for one in problems if one["severity"] == "error"}
    assert refused == {
        ("authorless.bib", 10): "the entry 'auNoTitle' has no title",
        ("authorless.bib", 11): "the entry 'auNoNothing' has neither author nor editor",
        ("biblatex-types.bib", 43): "the entry 'blBibnote' has no title",
        ("names.bib", 22): "the entry 'nmNobody' has neither author nor editor",
        ("odd.ris", 37): "the reference that begins here is never closed (missing 'ER  - ')",
    }


@pytest.mark.parametrize("file", [file for file in FILES if file.stem.endswith("types")], ids=lambda file: file.name)
def test_every_type_of_a_manual_is_known(file: Path) -> None:
    messages = [problem["message"] for problem in import_file(file).report["problems"]]
    unknown = [message for message in messages if "is not a known" in message]
    assert [message for message in unknown if not ("@unheardof" in message or "@bibnote" in message)] == []


@each_file
def test_no_field_is_dropped_silently(file: Path) -> None:
    imported = import_file(file)
    rows = {key: imported.rows[row] for row, keys in imported.owners.items() for key in keys}
    report = json.dumps({name: part for name, part in imported.report.items() if name not in ("new", "changed")})
    silent = [
        (key, name, value)
        for key, name, value in list_fields_with_others(file)
        if key in rows and name not in HEADS and (key, name) not in REWORDED
        if not is_kept(name, value, rows[key]) and not re.search(rf"\b{REPORTED.get(name, re.escape(name))}\b", report)
    ]
    assert silent == []


def is_kept(name: str, value: str, row: dict[str, Any]) -> bool:
    """Whether the row has the field in `extra`, or its words anywhere."""
    written = json.dumps(row, ensure_ascii=False)
    return name in row.get("extra", {}) or fold(value) in fold(written) or list_words(value) <= list_words(written)
