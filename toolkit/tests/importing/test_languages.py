"""Imports into rows in several languages: a source's text is one of them, and the others stay unchanged."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from octavo.importing.originals import Original
from tests.importing.project import Project

ROW = """\
- id: noether-1918
  title:
    en: Invariant Variation Problems  # as Tavel translated it
    de: "Invariante Variationsprobleme"
  authors: [E. Noether]
  type: article-journal
  container_title: {de: Nachrichten von der Gesellschaft der Wissenschaften}
  date: 1918
  topics: [{en: symmetry, de: Symmetrie}, physics]
  language: de
"""
ENTRY = """\
@article{noether-1918,
  title = {TITLE},
  author = {Noether, E.},
  journal = {Nachrichten von der Gesellschaft der Wissenschaften},
  year = {1918},
  KEYWORDS
}
"""


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path, ROW)


def write_entry(project: Project, title: str, keywords: str = "") -> Path:
    file = project.data.parent / "refs.bib"
    file.write_text(ENTRY.replace("TITLE", title).replace("KEYWORDS", keywords), "utf-8")
    return file


def read_table(project: Project) -> str:
    return (project.data / "publications.yml").read_text("utf-8")


@pytest.mark.parametrize("title", ["Invariante Variationsprobleme", "Invariant Variation Problems"])
def test_a_title_in_any_of_the_row_s_languages_is_its_own(project: Project, title: str) -> None:
    report = project.run(write_entry(project, title))
    assert (report["new"], report["questions"], report["conflicts"]) == ([], [], [])
    assert read_table(project) == ROW


def test_a_new_title_is_a_conflict_with_the_original(project: Project) -> None:
    report = project.run(write_entry(project, "Invariante Variationsproblemen"))
    [conflict] = report["conflicts"]
    assert (conflict["field"], conflict["old"]) == ("title", "Invariante Variationsprobleme")
    assert read_table(project) == ROW


@pytest.mark.parametrize("title", ["Invariante Variationsproblemen", "Invariante Variationsprobleme II"])
def test_taking_theirs_edits_the_text_in_that_language_and_no_other_byte(project: Project, title: str) -> None:
    project.run(write_entry(project, title), "--take", "noether-1918.title", "--same", "noether-1918=noether-1918")
    assert read_table(project) == ROW.replace('"Invariante Variationsprobleme"', f'"{title}"')


def test_a_correction_by_a_source_changes_the_text_that_came_from_it(project: Project) -> None:
    project.run(write_entry(project, "Invariant Variation Problems"))
    project.run(write_entry(project, "Invariant Variational Problems"))
    assert read_table(project) == ROW.replace("Variation Problems", "Variational Problems")


def test_topics_in_several_languages_stay_when_others_are_added(project: Project) -> None:
    project.run(write_entry(project, "Invariante Variationsprobleme", "keywords = {symmetry, physics}"), "--topics")
    project.run(
        write_entry(project, "Invariante Variationsprobleme", "keywords = {Symmetrie, physics, groups}"),
        "--topics", "--take", "noether-1918.topics",
    )  # fmt: skip
    topics = re.search(r"topics: (.*)", read_table(project))
    assert topics
    assert topics[1] == "[{en: symmetry, de: Symmetrie}, physics, groups]"


def test_a_text_behind_an_anchor_is_left_to_a_person(tmp_path: Path) -> None:
    project = Project(tmp_path, ROW.replace('de: "Inv', 'de: &t "Inv'))
    before = read_table(project)
    report = project.run(write_entry(project, "Other Problems"), "--take", "all", "--same", "noether-1918=noether-1918")
    assert read_table(project) == before
    assert "anchor" in str(report["problems"])


def test_refresh_and_a_second_import_change_nothing(project: Project) -> None:
    file = write_entry(project, "Invariante Variationsproblemen")
    project.run(file, "--take", "all")
    before = project.read()
    assert project.run(file)["changed"] == []
    assert project.read() == before


def test_every_export_comes_back_without_a_change(project: Project) -> None:
    for format_ in ("bibtex", "biblatex", "csl", "ris"):
        report = project.run(project.export(format_))
        assert (report["new"], report["questions"], report["conflicts"]) == ([], [], []), format_
        assert read_table(project).startswith(ROW.partition("topics")[0]), format_


@pytest.mark.parametrize(
    ("row", "language", "title"),
    [
        ({"title": {"en": "A", "de": "B"}}, "en", "A"),
        ({"title": {"en": "A", "de": "B"}}, "de", "B"),
        ({"title": {"en": "A", "de": "B"}, "language": "German"}, "en", "B"),
        ({"title": {"fr": "A", "de": "B"}}, "en", "A"),
        ({"title": "A"}, "de", "A"),
    ],
)
def test_the_original_is_that_of_the_row_s_language_or_the_project_s(
    row: dict[str, object], language: str, title: str
) -> None:
    assert Original(row, language).row["title"] == title


def test_an_owner_with_a_name_in_several_scripts_can_import_a_folder_of_pages(project: Project) -> None:
    (project.data / "profile.yml").write_text("name: {en: Emmy Noether, ar: إيمي نويتر}\n", "utf-8")
    page = project.data.parent / "content" / "ideals" / "index.md"
    page.parent.mkdir(parents=True)
    page.write_text("---\ntitle: Ideals\nauthors: [me]\npublication_types: ['2']\ndate: '1921-01-01'\n---\n", "utf-8")
    project.run(project.data.parent / "content")
    assert "authors: [Emmy Noether]" in read_table(project)


@pytest.mark.parametrize("written", ["German", "ngerman", "de", "deu"])
def test_a_language_by_another_name_is_not_a_conflict(project: Project, written: str) -> None:
    report = project.run(write_entry(project, "Invariante Variationsprobleme", f"language = {{{written}}}"))
    assert (report["changed"], report["conflicts"]) == ([], [])
