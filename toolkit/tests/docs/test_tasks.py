"""The docs are followed word for word in a new site: the blocks of the tasks, then all commands."""

from __future__ import annotations

import io
import re
import shlex
import subprocess
from pathlib import Path

import pytest
import yaml

from octavo import cli
from octavo.cli import new, upgrade
from octavo.starter.identity import Identity
from tests.building import build_site, copy_project, run_octavo
from tests.docs.blocks import MANUALS, PAGES, TASKS, Block, follow, list_blocks, list_commands
from tests.reading import read_page
from tests.starter.sites import ENGINE, make_site

STEPS = [block for block in list_blocks(TASKS) if block.file]
ROWS = [block for block in STEPS if block.file.startswith("data/") and block.text.startswith("-")]
TEXTS = [block for block in STEPS if block.file.endswith(".qmd") and block.language == "text"]
# Expressions that a reader would type into a cell; the chart needs a package that the tests don't have.
CELLS = [
    block
    for block in list_blocks(PAGES)
    if block.language == "python" and not block.file and "altair" not in block.text
]
SENTENCE = re.compile(r"^[A-Z].*\.$", re.MULTILINE)
# The fields that a row may be shown by; the first one it has counts.
SHOWN_BY = ("title", "name", "text", "organization", "degree", "count")

_NETWORK = "needs the network"
# Commands with these beginnings aren't run here, for these reasons.
NOT_RUN = {
    "cd ": "a test knows where it is",
    "git clone ": _NETWORK,
    "make ": "installs packages; tests/project tests the Makefile",
    "octavo import arxiv:": _NETWORK,
    "octavo import dblp:": _NETWORK,
    "octavo import doi:": _NETWORK,
    "octavo import openlibrary:": "test_extending runs it",
    "octavo new my-site --from ": "needs a site of another template; tests/moving has some",
    'octavo new my-site --name "Emmy Noether" --orcid ': _NETWORK,
    "octavo watch": _NETWORK,
    "python scripts/build_schemas.py": "test_extending runs it",
    "rsync ": "needs a host",
}
ALL = [command for _, command in list_commands(list_blocks([*PAGES, *MANUALS]))]
# Each command once, at its last place in the docs.
RUN = [*dict.fromkeys(command for command in reversed(ALL) if not command.startswith(tuple(NOT_RUN)))][::-1]
BIB = "@article{rings, title={Ideals}, author={Noether, E.}, journal={Annalen}, year={1921}}\n"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project, built after the last step."""
    project = make_site(tmp_path_factory.mktemp("tasks") / "site", Identity(name="Emmy Noether"))
    for block in STEPS:
        follow(block, project)
    build_site(project)
    return project


@pytest.mark.parametrize("block", CELLS, ids=str)
def test_a_cell_shows_rows(
    site: Path, block: Block, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("QUARTO_PROJECT_ROOT", str(site))
    monkeypatch.chdir(site)
    exec(f"from octavo import listings, tables\n{block.text}", {})  # noqa: S102 - as a page would
    assert "<li" in capsys.readouterr().out


def read_words(page: Path) -> str:
    return " ".join(read_page(page).text.split())


def test_the_tables_have_no_problem(site: Path) -> None:
    done = run_octavo(site, "check")
    assert "0 errors, 0 warnings" in done.stderr, done.stderr


def test_the_built_site_has_no_problem(site: Path) -> None:
    done = run_octavo(site, "check", "--site")
    assert "nothing wrong" in done.stdout, done.stdout


@pytest.mark.parametrize("block", ROWS, ids=str)
def test_a_row_that_a_page_shows_is_in_the_site(site: Path, block: Block) -> None:
    words = " ".join(read_words(page) for page in site.rglob("_site/**/*.html"))
    for row in yaml.safe_load(block.text):
        shown = str(next(row[field] for field in SHOWN_BY if field in row))
        # Lists show an author who is linked but not listed under the names in the papers.
        assert any(re.sub(r"[*`]", "", text) in words for text in (shown, *row.get("names", []))), shown


@pytest.mark.parametrize("block", TEXTS, ids=str)
def test_a_text_that_a_page_shows_is_on_its_page(site: Path, block: Block) -> None:
    page = site / "_site" / Path(block.file).with_suffix(".html")
    if "draft: true" in block.text:
        assert not page.exists() or "Not finished" not in read_words(page)
        return
    words = read_words(page)
    said = [str(yaml.safe_load(matter)["title"]) for matter in re.findall(r"^---\n(.*?)^---$", block.text, re.M | re.S)]
    said += [*SENTENCE.findall(block.text), *re.findall(r"!\[(.*?)\]", block.text)]
    assert said or "video" in block.text
    assert [text for text in said if text not in words] == []
    assert ("<iframe" in page.read_text(encoding="utf-8")) == ("video" in block.text or page.name == "talks.html")


def test_the_menu_leads_where_the_pages_say(site: Path) -> None:
    menu = read_page(site / "_site" / "contact.html").find("nav")[0]
    assert [link.text for link in menu.find("a")][1:] == ["Publications", "CV", "Search"]


def test_comments_load_only_from_the_allowed_host(site: Path) -> None:
    page = read_page(site / "_site" / "posts" / "first.html")
    assert [script.attributes["data-mapping"] for script in page.find("script", src="https://giscus.app/client.js")]
    policy = page.find("meta", **{"http-equiv": "Content-Security-Policy"})[0].attributes["content"]
    assert "https://giscus.app" in policy
    assert "unsafe-inline" not in policy


@pytest.fixture(scope="module")
def project(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, in which the commands run one after another."""
    copy = copy_project(site, tmp_path_factory.mktemp("running") / "site")
    (copy / "refs.bib").write_text(BIB, encoding="utf-8")
    return copy


@pytest.fixture
def folder(project: Path, tmp_path: Path, command: str, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where a reader is when they type the command: in the site, unless it makes one."""
    makes_site = command.startswith("octavo new ")
    (tmp_path / "papers.bib").write_text(BIB, encoding="utf-8")
    monkeypatch.chdir(tmp_path if makes_site else project)
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"\n" * 20 if makes_site else b"y\n")))
    for module in (new, upgrade):
        monkeypatch.setattr(module, "find_engine", lambda: ENGINE)
    return Path.cwd()


@pytest.mark.parametrize("command", RUN)
def test_a_command_succeeds(folder: Path, command: str) -> None:
    """It exits with 0, given a reader's answers, and leaves the file that it names."""
    program, *arguments = shlex.split(command)
    if program != "octavo":
        names = ("-c", "user.name=E. Noether", "-c", "user.email=emmy@example.org") if program == "git" else ()
        done = subprocess.run([program, *names, *arguments], cwd=folder, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
    elif arguments == ["build"]:
        done = run_octavo(folder, *arguments)
        assert done.returncode == 0, done.stderr
    else:
        assert cli.main(arguments) == 0
    if "--output" in arguments:
        assert (folder / arguments[arguments.index("--output") + 1]).stat().st_size


def test_git_ignores_what_commands_write_for_one_occasion(site: Path, tmp_path: Path) -> None:
    outputs = [words[words.index("--output") + 1] for words in map(shlex.split, RUN) if "--output" in words]
    (tmp_path / ".gitignore").write_bytes((site / ".gitignore").read_bytes())
    subprocess.run(["git", "init", "--quiet", str(tmp_path)], check=True)
    ignored = subprocess.run(
        ["git", "check-ignore", *outputs], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert outputs
    assert ignored.stdout.splitlines() == outputs


def test_every_exception_is_still_needed() -> None:
    assert [start for start in NOT_RUN if not any(command.startswith(start) for command in ALL)] == []
