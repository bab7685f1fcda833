"""A release: its tag, version, and notes agree, and the package has everything that sites are made from."""

from __future__ import annotations

import tomllib
import zipfile
from pathlib import Path

import pytest
import yaml

from octavo import __version__
from scripts.release import find_missing, find_notes, find_version, main
from tests.sites import ROOT, TOOLKIT

CHANGELOG = """# Changelog

## 2.0.0, unreleased

- **New.**

## 1.1.0, 28 Nov 2026

- One thing.

- Another.

## 1.0.0
"""


def test_the_notes_are_the_section_of_the_version() -> None:
    assert find_notes(CHANGELOG, "1.1.0") == "- One thing.\n\n- Another.\n"


@pytest.mark.parametrize(("version", "fault"), [("2.0.0", "the day of the release"), ("3.0.0", "no section about")])
def test_a_version_without_notes_is_not_released(version: str, fault: str) -> None:
    with pytest.raises(ValueError, match=fault):
        find_notes(CHANGELOG, version)


def test_a_tag_of_another_version_is_refused() -> None:
    assert find_version(f"v{__version__}") == __version__
    with pytest.raises(SystemExit, match=rf"\(expected v{__version__}\)"):
        main(["v0.0.1"])


def test_a_wheel_without_the_format_is_refused(tmp_path: Path) -> None:
    wheel = tmp_path / "octavo-1.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr("octavo/starter/site/_quarto.yml", "")
        archive.writestr("octavo/documents/templates/cv.typ", "")
    assert find_missing(wheel) == ["octavo/format/_extension.yml"]


def test_the_sdist_has_the_engines_files_instead_of_links() -> None:
    settings = tomllib.loads((TOOLKIT / "pyproject.toml").read_text(encoding="utf-8"))
    included = settings["tool"]["hatch"]["build"]["targets"]["sdist"]["only-include"]
    assert "src" in included
    assert [path for folder in included for path in (TOOLKIT / folder).rglob("*") if path.is_symlink()] == []


def test_the_citation_file_has_this_version() -> None:
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert citation["version"] == __version__
