"""The update of a site's code."""

from __future__ import annotations

from pathlib import Path

import pytest

from octavo.errors import OctavoError
from octavo.starter.create import create_site
from octavo.starter.identity import Identity
from octavo.starter.record import RECORD
from octavo.starter.update import apply_update, plan_update

CONFIGURATION = "website:\n  title: {0}\n  site-url: https://{0}.example\n  description: {0} here\nnav: []\n"


@pytest.fixture
def origin(tmp_path: Path) -> Path:
    """The least that a site is made from."""
    root = tmp_path / "origin"
    for name, text in {
        "_quarto.yml": CONFIGURATION.format("old"),
        "README.md": "# Old\n\n## Start\n\nHow.\n",
        "Makefile": "all:\n",
        "octavo/a.py": "a\n",
        "octavo/b.py": "b\n",
        "octavo/c.py": "c\n",
        "octavo/__pycache__/a.pyc": "junk",
        "homepage/.cache/x": "junk",
        "cv.qmd": "CV\n",
        "index.qmd": "Old's own prose\n",
        "talks.qmd": "Old's page\n",
        "data/profile.yml": "name: Old\n",
        "docs/cv.pdf": "Old's CV",
    }.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    (root / "Makefile").chmod(0o755)
    return root


@pytest.fixture
def site(origin: Path, tmp_path: Path) -> Path:
    with create_site(origin, tmp_path / "site", Identity("Ada Nowak")):
        pass
    return tmp_path / "site"


def update(origin: Path, site: Path) -> tuple[list[str], list[str], list[str], list[str]]:
    plan, code = plan_update(origin, site)
    apply_update(plan, code, origin, site)
    return plan.added, plan.changed, plan.removed, plan.kept


def snapshot(folder: Path) -> dict[str, bytes]:
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def test_a_new_site_has_the_code_and_nothing_of_the_old_owners(site: Path) -> None:
    files = snapshot(site)
    assert {"octavo/a.py", "cv.qmd", "Makefile", "README.md", "_quarto.yml", "index.qmd", RECORD} <= set(files)
    assert not [name for name in files if "cache" in name or name in ("talks.qmd", "docs/cv.pdf")]
    assert not [name for name, content in files.items() if b"Old" in content or b"old" in content]
    assert (site / "Makefile").stat().st_mode & 0o111


def test_there_is_nothing_to_take_from_an_origin_that_is_the_same(origin: Path, site: Path) -> None:
    before = snapshot(site)
    assert update(origin, site) == ([], [], [], [])
    assert snapshot(site) == before


def test_what_was_added_changed_and_removed_is_taken(origin: Path, site: Path) -> None:
    (origin / "octavo/new.py").write_text("new\n")
    (origin / "octavo/a.py").write_text("a, better\n")
    (origin / "octavo/b.py").unlink()
    (origin / "_quarto.yml").write_text(CONFIGURATION.format("old") + "cards: all\n")
    assert update(origin, site) == (["octavo/new.py"], ["_quarto.yml", "octavo/a.py"], ["octavo/b.py"], [])
    assert (site / "octavo/a.py").read_text() == "a, better\n"
    assert not (site / "octavo/b.py").exists()
    configuration = (site / "_quarto.yml").read_text()
    assert "Ada Nowak" in configuration
    assert "cards: all" in configuration
    assert update(origin, site) == ([], [], [], [])


def test_what_the_owner_writes_is_never_touched(origin: Path, site: Path) -> None:
    for name in ("data/publications.yml", "index.qmd", "talks.qmd", "docs/cv.pdf", "octavo/mine.py"):
        (site / name).write_text("mine\n")
    for name in ("data/publications.yml", "index.qmd", "talks.qmd", "docs/cv.pdf"):
        (origin / name).write_text("theirs\n")
    assert update(origin, site) == ([], [], [], [])
    assert (site / "index.qmd").read_text() == "mine\n"


def test_a_file_that_both_changed_stays_the_owners_and_is_named_once(origin: Path, site: Path) -> None:
    (site / "octavo/a.py").write_text("a, mine\n")
    (site / "octavo/c.py").unlink()
    (site / "octavo/b.py").write_text("b, mine\n")
    for name in ("a", "c"):
        (origin / f"homepage/{name}.py").write_text("better\n")
    assert update(origin, site) == ([], [], [], ["octavo/a.py", "octavo/c.py"])
    assert (site / "octavo/a.py").read_text() == "a, mine\n"
    assert update(origin, site) == ([], [], [], [])


def test_a_file_that_the_owner_changed_in_the_same_way_is_no_conflict(origin: Path, site: Path) -> None:
    for folder in (origin, site):
        (folder / "octavo/a.py").write_text("a, better\n")
    assert update(origin, site) == ([], [], [], [])


def test_line_ends_that_git_has_changed_are_no_changes_of_the_owner(origin: Path, site: Path) -> None:
    (site / "octavo/a.py").write_bytes(b"a\r\n")
    (origin / "octavo/a.py").write_text("better\n")
    assert update(origin, site) == ([], ["octavo/a.py"], [], [])


def test_a_name_that_the_owner_has_changed_since_stays(origin: Path, site: Path) -> None:
    text = (site / "_quarto.yml").read_text()
    (site / "_quarto.yml").write_text(text.replace("Ada Nowak", "Ada Nowak-Smith"))
    (origin / "octavo/a.py").write_text("better\n")
    assert update(origin, site) == ([], ["README.md", "octavo/a.py"], [], [])
    assert (site / "README.md").read_text().startswith("# Ada Nowak-Smith\n")
    assert "Nowak-Smith" in (site / "_quarto.yml").read_text()


@pytest.mark.parametrize(("record", "message"), [(None, "only a site that"), ("nonsense\n", "this is no record")])
def test_a_site_without_a_record_cannot_be_updated(origin: Path, site: Path, record: str | None, message: str) -> None:
    (site / RECORD).unlink()
    if record:
        (site / RECORD).write_text(record)
    with pytest.raises(OctavoError, match=message):
        plan_update(origin, site)
