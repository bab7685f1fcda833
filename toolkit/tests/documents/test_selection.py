"""A part of the CV: limited by year, by section, or by pages."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from pypdf import PdfReader

from octavo.cli.cv import main
from octavo.documents.cv_files import fit_pages, select
from octavo.documents.record import load_record
from octavo.errors import OctavoError
from tests.tables import write_tables

TALKS = """
- {title: Old, event: ICM, date: 1928}
- {title: New, event: ICM, date: 1932-09-07}
- {title: Some day, event: ICM}
"""
EXPERIENCE = """
- {organization: Bryn Mawr, position: Professor, date: 1933–present}
- {organization: Erlangen, position: Member, date: 1908–1915}
"""


@pytest.fixture(autouse=True)
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    papers = "".join(
        f"- {{id: p{n}, title: Paper {n}, authors: [E. Noether], type: article, date: {2000 - n}}}\n" for n in range(80)
    )
    write_tables(tmp_path, profile="name: Emmy Noether\n", publications=papers, talks=TALKS, experience=EXPERIENCE)
    (tmp_path / "_quarto.yml").write_text("website: {title: E. Noether, site-url: https://n.example}\n", "utf-8")
    monkeypatch.delenv("QUARTO_PROJECT_ROOT", raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def read(file: Path) -> tuple[int, str]:
    reader = PdfReader(io.BytesIO(file.read_bytes()))
    return len(reader.pages), " ".join(page.extract_text() for page in reader.pages)


def test_entries_that_ended_before_a_year_are_left_out_and_ongoing_or_undated_ones_stay(project: Path) -> None:
    record = select(load_record(project), since=1930)
    assert [row.title for row in record.tables["talks"]] == ["New", "Some day"]
    assert [row.organization for row in record.tables["experience"]] == ["Bryn Mawr"]
    assert [row.id for row in record.publications][-1] == "p70"


def test_sections_are_in_the_requested_order(project: Path) -> None:
    assert main(["--only", "talks,experience", "--output", "part.pdf"]) == 0
    _, text = read(project / "part.pdf")
    assert "Paper" not in text
    assert text.index("Some day") < text.index("Bryn Mawr")


def test_as_many_publications_as_fit_are_shown_and_the_others_counted(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--pages", "2", "--only", "publications"]) == 0
    pages, text = read(project / "exports/cv.pdf")
    shown = int(capsys.readouterr().err.removeprefix("--pages 2: ").split()[0])
    assert pages == 2
    assert 20 < shown < 80
    assert f"Paper {shown - 1}" in text
    assert f"Paper {shown}" not in text


def test_a_cv_that_cannot_be_that_short_is_an_error(project: Path) -> None:
    with pytest.raises(OctavoError, match="longer than 0 pages even without publications"):
        fit_pages(load_record(project), project, 0)


@pytest.mark.parametrize("option", [["--only", "publicatons"], ["--pages", "2", "--format", "csv"]])
def test_an_invalid_choice_is_refused(option: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(option)
    assert "did you mean 'publications'?" in (error := capsys.readouterr().err) or "are for PDFs" in error
