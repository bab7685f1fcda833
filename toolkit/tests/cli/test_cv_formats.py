"""The command that exports the CV: the format goes to standard output, its losses to standard error."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

from octavo.cli.cv import main
from tests.tables import write_tables


@pytest.fixture(autouse=True)
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    write_tables(
        tmp_path,
        education="- degree: Ph.D.\n  thesis: On Ideals\n",
        awards="- title: A Prize\n  date: 2020\n",
    )
    (tmp_path / "_quarto.yml").write_text("website: {title: N. Body, site-url: https://n.example}\n", encoding="utf-8")
    monkeypatch.delenv("QUARTO_PROJECT_ROOT", raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_json_resume_goes_to_standard_output_and_its_losses_to_standard_error(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["--format", "json-resume"]) == 0
    streams = capsys.readouterr()
    assert json.loads(streams.out)["awards"] == [{"title": "A Prize", "date": "2020"}]
    assert streams.err == "json-resume can't hold education: thesis of 1 row\n"


def test_rendercv_goes_to_a_file_if_one_is_named(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--format", "rendercv", "--output", "made/cv.yaml"]) == 0
    text = (project / "made" / "cv.yaml").read_text(encoding="utf-8")
    assert yaml.safe_load(text)["cv"]["sections"]["awards"] == [{"name": "A Prize", "date": "2020"}]
    assert capsys.readouterr().out == ""


def test_csv_becomes_a_folder_of_files(project: Path) -> None:
    assert main(["--format", "csv", "--output", "tables"]) == 0
    assert {file.name for file in (project / "tables").iterdir()} == {"education.csv", "awards.csv"}


@pytest.mark.parametrize("options", [["--format", "csv"], ["--format", "word"]])
def test_an_invalid_call_is_refused_with_the_usage(options: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as exit_:
        main(options)
    assert exit_.value.code == 2
    assert "usage:" in capsys.readouterr().err


def test_a_fault_in_a_table_is_printed_without_traceback(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_tables(project, awards="- date: 2020\n")
    assert main(["--format", "rendercv"]) == 1
    assert capsys.readouterr().err.startswith("data/awards.yml:1:")


@pytest.mark.parametrize(
    "options", [("--format", "rendercv"), ("--format", "json-resume"), ("--only", "awards")], ids=" ".join
)
def test_a_table_is_not_replaced(project: Path, options: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    table = project / "data/profile.yml"
    before = table.read_bytes()
    assert main([*options, "--output", str(table)]) == 1
    assert "remove it, or name another file" in capsys.readouterr().err
    assert table.read_bytes() == before
