"""The page on extending Octavo: each section is followed in a copy of the package."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from octavo.importing.sources.catalogue import SOURCES
from octavo.model.catalog import TABLES
from tests.docs.blocks import Block, apply_lines, follow, list_blocks
from tests.importing.replay import Reply, serve_replies
from tests.processes import PATIENCE
from tests.sites import DOCS, TOOLKIT

PAGE = DOCS / "understand" / "extending.qmd"
STEPS = [block for block in list_blocks([PAGE]) if block.file]
BOOK = {
    "ISBN:9783540625113": {
        "title": "Moderne Algebra",
        "authors": [{"name": "B. L. van der Waerden"}],
        "publishers": [{"name": "Springer"}],
        "publish_date": "1930",
        "url": "https://openlibrary.org/books/OL1M",
    }
}
SHOW = """
from octavo import listings, tables
frames = tables.load_tables()
print(listings.entry_list("grants", frames["grants"]))
print([heading for heading, content in listings.cv_sections(tables.load_profile(), frames) if content])
"""


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the toolkit with everything that the page adds to it."""
    target = tmp_path_factory.mktemp("extending") / "toolkit"
    for name in ("src", "scripts", "docs/reference"):
        shutil.copytree(TOOLKIT / name, target / name, ignore=shutil.ignore_patterns("__pycache__"))
    for block in STEPS:
        if block.language == "diff":
            apply_lines(block, target)
        elif block.file.startswith("src/"):
            follow(block, target)
    run(target, target, "scripts/build_schemas.py")
    return target


def run(package: Path, folder: Path, *arguments: str, **environment: str) -> str:
    """Run Python with the copy; returns what it prints."""
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(package / "src"), **environment},
        capture_output=True,
        encoding="utf-8",
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with the rows and the page that the docs show."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "profile.yml").write_text("name: Emmy Noether\n", encoding="utf-8")
    (tmp_path / "_quarto.yml").write_text(
        "project: {type: website}\nwebsite: {title: E, site-url: 'https://e.example'}\nformat: octavo-html\n",
        encoding="utf-8",
    )
    for block in STEPS:
        if not block.file.startswith("src/"):
            follow(block, tmp_path)
    return tmp_path


def test_the_additions_of_the_page_do_not_exist_yet() -> None:
    assert "grants" not in TABLES
    assert "openlibrary" not in SOURCES


def test_a_new_table_is_checked_listed_in_the_cv_and_documented(package: Path, project: Path) -> None:
    shown = run(package, project, "-c", SHOW)
    assert "<h3>Ideals in rings</h3>" in shown
    assert "Rockefeller Foundation" in shown
    assert "['Grants']" in shown
    assert "## `grants.yml`" in (package / "docs/reference/fields.qmd").read_text(encoding="utf-8")
    assert (package / "src/octavo/format/schemas/grants.json").exists()


def test_a_new_table_is_added_in_two_files(package: Path) -> None:
    """Not counting derived files."""
    added = {block.file for block in STEPS if "grant" in block.text.lower() and block.file.startswith("src/")}
    assert len(added) == 2


def test_the_heading_of_a_new_table_is_in_english_until_it_is_translated(package: Path, project: Path) -> None:
    with (project / "_quarto.yml").open("a", encoding="utf-8") as settings:
        settings.write("lang: de\n")
    assert "['Grants']" in run(package, project, "-c", SHOW)


def test_a_new_source_is_imported_from_and_documented(package: Path, project: Path) -> None:
    with serve_replies() as replay:
        replay.reply("/api/books", Reply(BOOK))
        command = ("-m", "octavo.cli", "import", "openlibrary:9783540625113", "--yes")
        run(package, project, *command, OCTAVO_OPENLIBRARY_URL=replay.base)
    table = (project / "data" / "publications.yml").read_text(encoding="utf-8")
    assert all(text in table for text in ("Moderne Algebra", "van der Waerden", "1930", "Springer"))
    assert "openlibrary:9783540625113" in (package / "docs/reference/sources.qmd").read_text(encoding="utf-8")


def test_a_new_construct_is_drawn(package: Path, project: Path) -> None:
    shutil.copytree(package / "src/octavo/format", project / "_extensions" / "octavo")
    run(package, project, "-m", "octavo.cli", "build", "--renderer", "embedded")
    page = (project / "_site" / "index.html").read_text(encoding="utf-8")
    assert "<blockquote>\n<p>My methods are really methods of working and thinking.</p>" in page
    assert "— <span>Emmy Noether</span>" in page
    assert "by=" not in page


def test_a_line_that_the_code_no_longer_has_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("one\n", encoding="utf-8")
    with pytest.raises(ValueError, match="0 times"):
        apply_lines(Block(PAGE, 1, "diff", "a.py", " two\n+three\n"), tmp_path)
