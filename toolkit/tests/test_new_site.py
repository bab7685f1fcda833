"""`make new`: a new site, complete, without a trace of the one that it was made from."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from octavo.cli.new_site import main
from octavo.starter.traces import find_traces, list_traces
from octavo.tables import load_table
from octavo.tables.rows import check_tables, load_profile
from tests.sites import ROOT

BIB = """
@article{rhodes2024,
  title = {On {Rings} of Things},
  author = {Rhodes, Ida C. and Smith, John},
  journal = {Journal of Things}, year = {2024}, doi = {10.1000/182}
}
@inproceedings{smith2023,
  title = {Another Paper}, author = {Smith, John and Rhodes, I.}, booktitle = {Proc. of Things}, year = {2023}
}
"""
# Not in one piece: its own tests look for its owner's name in the code, this file included.
OWNER = " ".join(["Ida", "Carla", "Rhodes"])
IDA = [
    "--name",
    OWNER,
    "--affiliation",
    "A&M *University*",
    "--site-url",
    "https://ida.example/~ida",
    "--link",
    "GitHub=https://github.com/ida",
    "--yes",
]
# Of its own tests those that need no minute and, the tables aside, look at the site itself.
OWN_TESTS = [
    "tests/tables",
    "tests/test_architecture.py",
    "tests/model",
    "tests/test_sites.py",
    "tests/project",
    "tests/listings",
]


def run(*arguments: str, folder: Path, timeout: float = 600) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments], cwd=folder, capture_output=True, text=True, timeout=timeout, check=False
    )


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("new")
    (folder / "refs.bib").write_text(BIB)
    made = run(str(ROOT / "scripts/new_site.py"), "sub folder/ïda's", *IDA, "--bib", "refs.bib", folder=folder)
    assert made.returncode == 0, made.stdout + made.stderr
    assert "left from" not in made.stderr
    return folder / "sub folder/ïda's"


def test_it_has_the_owners_name_address_and_links(site: Path) -> None:
    profile = load_profile(site / "data")
    assert profile.name == OWNER
    assert [(link.label, link.url) for link in profile.links][1:] == [("GitHub", "https://github.com/ida")]
    website = yaml.safe_load((site / "_quarto.yml").read_text())["website"]
    assert (website["title"], website["site-url"]) == (OWNER, "https://ida.example/~ida")


def test_it_has_the_publications_of_the_file_and_knows_the_owner_among_the_authors(site: Path) -> None:
    papers = load_table("publications", site / "data")
    assert sorted(papers["title"]) == ["Another Paper", "On Rings of Things"]
    names = load_profile(site / "data").names
    assert [sum(author.is_named(names) for author in authors) for authors in papers["authors"]] == [1, 1]


def test_its_tables_pass_their_check(site: Path) -> None:
    assert [str(problem) for problem in check_tables(site / "data") if problem.severity == "error"] == []


def test_it_has_no_trace_of_the_owner_of_this_one(site: Path) -> None:
    traces = list_traces(ROOT)
    assert load_profile(ROOT / "data").name in traces
    assert find_traces(ROOT / "data", traces), "what finds nothing in the owner's own tables finds nothing anywhere"
    assert find_traces(site, traces) == []
    assert [path.name for path in (site / "docs").iterdir()] == [".gitkeep"]


def test_it_renders_and_its_site_has_nothing_wrong(site: Path) -> None:
    rendered = run("scripts/render.py", "--renderer", "embedded", folder=site)
    assert rendered.returncode == 0, rendered.stdout + rendered.stderr
    checked = run("scripts/check_site.py", folder=site)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    home = (site / "_site/index.html").read_text()
    assert "I work at A&amp;M *University*." in home
    assert "On Rings of Things" in home
    assert "<h2>News" not in home, "a table without rows makes no heading"
    assert find_traces(site / "_site", list_traces(ROOT)) == []


def test_it_passes_its_own_tests(site: Path) -> None:
    tested = run("-m", "pytest", "-q", "-p", "no:cacheprovider", *OWN_TESTS, folder=site, timeout=900)
    assert tested.returncode == 0, tested.stdout + tested.stderr


def test_a_site_without_anything_but_a_name_renders_too(tmp_path: Path) -> None:
    assert main([str(tmp_path / "site"), "--name", "Zoë Łoś", "--yes"]) == 0
    for command in (["scripts/render.py", "--renderer", "embedded"], ["scripts/check_site.py"]):
        done = run(*command, folder=tmp_path / "site")
        assert done.returncode == 0, done.stdout + done.stderr


def test_a_new_site_is_up_to_date_and_takes_what_is_new(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--update", str(site)]) == 0
    assert capsys.readouterr().out == "there is nothing to take\n"
    (site / "octavo/html.py").unlink()
    record = (site / ".code.sha256").read_text()
    (site / ".code.sha256").write_text(re.sub(r".*  octavo/html\.py\n", "", record))
    assert main(["--update", str(site)]) == 0
    assert capsys.readouterr().out == "added    octavo/html.py\n"
    assert (site / "octavo/html.py").read_bytes() == (ROOT / "octavo/html.py").read_bytes()


REFUSED = {
    "a folder that isn't empty": (["full", "--name", "Ada"], "isn't empty"),
    "a file": (["file", "--name", "Ada"], "is there already, and no folder"),
    "no name": (["x"], "needs its owner's name"),
    "a folder within this site": ([str(ROOT / "_mine"), "--name", "Ada"], "lies within this site"),
    "a file that isn't there": (["x", "--name", "Ada", "--bib", "nothing.bib"], "there is no file nothing.bib"),
    "a link that is none": (["x", "--name", "Ada", "--link", "GitHub"], "'GitHub' is not a link"),
    "a link that isn't allowed": (["x", "--name", "Ada", "--link", "X=javascript:1"], r"links\[1\].url"),
    "an ORCID that is none": (["x", "--name", "Ada", "--orcid", "1234"], "orcid"),
    "an update of what is no site": (["--update", "full"], "_quarto.yml: No such file"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_cannot_be_done_is_refused_and_nothing_is_left(
    what: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments, message = REFUSED[what]
    monkeypatch.chdir(tmp_path)
    (tmp_path / "full").mkdir()
    (tmp_path / "full/mine.txt").write_text("mine")
    (tmp_path / "file").write_text("mine")
    assert main([*arguments, "--yes"]) == 1
    error = capsys.readouterr().err
    assert re.search(message, error), error
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "full"]
    assert [path.name for path in (tmp_path / "full").iterdir()] == ["mine.txt"]


def test_what_isnt_given_is_asked_for(tmp_path: Path) -> None:
    """Answers are given through a terminal of its own, as by a person."""
    pty = pytest.importorskip("pty")
    leader, follower = pty.openpty()
    command = [sys.executable, str(ROOT / "scripts/new_site.py"), "site"]
    process = subprocess.Popen(
        command, cwd=tmp_path, stdin=follower, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    os.close(follower)
    link = "GitHub=https://github.com/ida"
    answers = ["", "Ada Nowak", "Example University", "https://ada.example", "", "", link, ""]
    os.write(leader, "\n".join([*answers, ""]).encode())
    output, _ = process.communicate(timeout=60)
    os.close(leader)
    assert process.returncode == 0, output
    profile = load_profile(tmp_path / "site/data")
    assert (profile.name, profile.affiliation) == ("Ada Nowak", "Example University")
    assert profile.links[1].url == "https://github.com/ida"
