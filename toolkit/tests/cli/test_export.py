"""The command that prints what the site publishes."""

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from octavo.cli.export import main, read_years
from tests.killing import try_every_point
from tests.tables import write_paper, write_tables

ROOT = Path(__file__).parents[3]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    papers = (
        write_paper("new", "date: 2025", "selected: true", "links: {paper: docs/x.pdf}")
        + write_paper("mid", "date: Nov 2023").replace("type: article", "type: paper-conference")
        + write_paper("old", "date: 2019")
        + write_paper("undated", "status: under review")
        + write_paper("secret", "date: 2025", "hidden: true")
    )
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/x.pdf").touch()
    return write_tables(tmp_path, publications=papers)


def list_ids(capsysbinary: pytest.CaptureFixture[bytes], *arguments: str) -> list[str]:
    assert main(["--format", "csl", *arguments]) == 0
    return [item["id"] for item in json.loads(capsysbinary.readouterr().out)]


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ([], ["undated", "new", "mid", "old"]),
        (["--year", "2025"], ["new"]),
        (["--year", "2020-2025"], ["new", "mid"]),
        (["--year", "2019–2023"], ["mid", "old"]),
        (["--type", "paper-conference"], ["mid"]),
        (["--selected"], ["new"]),
        (["--selected", "--year", "2019"], []),
    ],
)
def test_rows_are_chosen_by_year_type_and_selection(
    arguments: list[str], expected: list[str], data: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert list_ids(capsysbinary, "--data", str(data), *arguments) == expected


def test_each_format_has_every_row(data: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    counts = {"bibtex": b"@", "biblatex": b"@", "ris": b"TY  - ", "csl": b'"id": '}
    for format_, mark in counts.items():
        assert main(["--format", format_, "--data", str(data)]) == 0
        assert capsysbinary.readouterr().out.count(mark) == 4
    assert main(["--format", "csv", "--data", str(data)]) == 0
    lines = list(csv.DictReader(io.StringIO(capsysbinary.readouterr().out.decode(), newline="")))
    assert [line["id"] for line in lines] == ["undated", "new", "mid", "old"]


def test_a_file_is_written_and_named(data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "out.bib"
    assert main(["--format", "bibtex", "--data", str(data), "--selected", "--output", str(file)]) == 0
    assert file.read_text().startswith("@misc{new,\n")
    assert capsys.readouterr().err.startswith(f"{file}: 1 publication\n")


@pytest.mark.parametrize("fills", [False, True], ids=["killed", "full"])
@pytest.mark.parametrize(("option", "name"), [("--format=bibtex", "out.bib"), ("--for=nsf-coa", "out.csv")])
def test_an_interrupted_export_leaves_the_old_or_the_new_file(
    data: Path, tmp_path: Path, option: str, name: str, *, fills: bool
) -> None:
    (tmp_path / "_quarto.yml").write_text("website: {title: A, site-url: https://a.example}\n")
    file = tmp_path / name

    def export() -> int:
        return main([option, "--data", str(data), "--output", str(file)])

    assert export() == 0
    new = file.read_text()

    def look() -> None:
        assert file.read_text() in ("old", new)

    assert try_every_point(lambda: file.write_text("old"), export, look, fills=fills) >= (1 if fills else 3)
    assert file.read_text() == new
    for left in tmp_path.glob(".*.part"):
        os.utime(left, (0, 0))
    assert export() == 0
    assert not list(tmp_path.glob(".*.part"))


def test_a_file_that_cannot_be_written_is_named(data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--format", "bibtex", "--data", str(data), "--output", str(tmp_path)]) == 1
    assert capsys.readouterr().err.startswith(f"{tmp_path}: can't be written: ")


def test_faulty_tables_are_reported_with_their_place(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = write_tables(tmp_path, publications=write_paper("x", "date: twenty"))
    assert main(["--format", "ris", "--data", str(data)]) == 1
    assert "publications.yml:5:9: publications[0].date: 'twenty'" in capsys.readouterr().err


@pytest.mark.parametrize("text", ["20", "2025-2020", "2020-", "x", "2020-2021-2022", "２０２４"])
def test_an_invalid_year_is_refused(text: str) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(["--format", "csl", "--year", text])
    with pytest.raises(Exception, match="neither a year nor a span"):
        read_years(text)


def test_files_of_the_site_get_its_address(data: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    (data.parent / "_quarto.yml").write_text("website: {title: Me, site-url: 'https://me.example'}\n")
    assert main(["--format", "bibtex", "--data", str(data), "--selected"]) == 0
    assert b"url = {https://me.example/docs/x.pdf}" in capsysbinary.readouterr().out


def test_ascii_writes_commands_for_accents(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    data = write_tables(tmp_path, publications=write_paper("x").replace("Noether", "Nöther"))
    assert main(["--format", "bibtex", "--ascii", "--data", str(data)]) == 0
    assert rb"author = {N{\"o}ther, E.}" in capsysbinary.readouterr().out


def test_ascii_is_refused_for_formats_where_it_has_no_effect(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(["--format", "ris", "--ascii", "--data", str(data)])
    assert "--ascii is for bibtex and biblatex" in capsys.readouterr().err


def test_losses_of_a_format_are_named_and_counted(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    data = write_tables(tmp_path, publications=write_paper("a", "tldr: A") + write_paper("b", "tldr: B", "award: Best"))
    assert main(["--format", "csl", "--data", str(data)]) == 0
    assert capsysbinary.readouterr().err == (
        b"csl can't hold tldr (2 publications)\ncsl can't hold award (1 publication)\n"
    )


def test_it_runs_in_any_folder(data: Path, tmp_path: Path) -> None:
    command = [sys.executable, str(ROOT / "scripts/export_publications.py"), "--format", "bibtex", "--selected"]
    done = subprocess.run(command, cwd=data.parent, capture_output=True, encoding="utf-8", env={"PYTHONUTF8": "0"})
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("@misc{new,\n")


def test_a_file_that_is_not_an_earlier_export_is_not_replaced(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table, old = data / "publications.yml", tmp_path / "old.BIB"
    before = table.read_bytes()
    assert main(["--format", "bibtex", "--data", str(data), "--output", str(table)]) == 1
    assert "publications.yml already exists and isn't named *.bib" in capsys.readouterr().err
    assert table.read_bytes() == before
    old.write_text("@old{}")
    assert main(["--format", "bibtex", "--data", str(data), "--output", str(old)]) == 0
    assert "@old" not in old.read_text()


def test_an_export_can_go_to_an_open_file_descriptor(data: Path, tmp_path: Path) -> None:
    """Such as /dev/stdout redirected to a file; replacing the device would break it for the whole system."""
    with (tmp_path / "log").open("wb") as log:
        name = f"/dev/fd/{log.fileno()}"
        assert main(["--format", "csl", "--data", str(data), "--output", name]) == 0
    assert b'"id": ' in (tmp_path / "log").read_bytes()
