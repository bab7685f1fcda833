"""The upgrade of a site: the engine's files are updated, and files that the owner wrote or changed stay."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from octavo.cli import upgrade as command
from octavo.errors import OctavoError
from octavo.starter.create import write_files
from octavo.starter.engine import Engine, read_owned
from octavo.starter.record import OLD_RECORD, RECORD, compute_digest, format_record
from octavo.starter.upgrade import apply_upgrade, plan_upgrade
from tests.killing import try_every_point
from tests.sites import ROOT
from tests.starter.sites import ENGINE, make_site, snapshot

NEWER = Engine("2.1.0", {"vendor/octavo-2.1.0-py3-none-any.whl": b"wheel"})


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return make_site(tmp_path / "site")


def upgrade(site: Path, engine: Engine) -> tuple[list[str], list[str], list[str], list[str]]:
    plan = plan_upgrade(site, engine)
    apply_upgrade(plan, site, engine)
    return plan.added, plan.changed, plan.removed, plan.kept


def test_a_new_site_is_up_to_date(site: Path) -> None:
    plan = plan_upgrade(site, ENGINE)
    assert plan.is_empty
    assert plan.kept == []


def test_the_wheel_of_the_engine_replaces_an_older_one(site: Path) -> None:
    added, changed, removed, kept = upgrade(site, NEWER)
    assert (added, changed, removed, kept) == (list(NEWER.files), ["requirements.txt"], [], [])
    first, *lock = (site / "requirements.txt").read_text().splitlines()
    assert first.startswith("./vendor/octavo-2.1.0-py3-none-any.whl --hash=sha256:")
    assert lock == (ROOT / "requirements.txt").read_text().splitlines()
    newest = Engine("2.2.0", {"vendor/octavo-2.2.0-py3-none-any.whl": b"another"})
    assert upgrade(site, newest)[2] == list(NEWER.files)
    assert [file.name for file in (site / "vendor").iterdir()] == ["octavo-2.2.0-py3-none-any.whl"]


def test_files_that_the_owner_changed_are_kept_and_named(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (site / "netlify.toml").write_text("# mine\n")
    assert plan_upgrade(site, ENGINE).kept == []
    newer = {**read_owned(ENGINE), "netlify.toml": b"# the engine's newer one\n"}
    monkeypatch.setattr("octavo.starter.upgrade.read_owned", lambda _: newer)
    assert upgrade(site, ENGINE) == ([], [], [], ["netlify.toml"])
    assert (site / "netlify.toml").read_text() == "# mine\n"


def test_a_file_that_the_engine_dropped_is_removed_unless_the_owner_changed_it(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (site / "scripts/pre_render.py").write_text("# mine\n")
    gone = {"scripts/pre_render.py", "scripts/post_render.py"}
    newer = {path: content for path, content in read_owned(ENGINE).items() if path not in gone}
    monkeypatch.setattr("octavo.starter.upgrade.read_owned", lambda _: newer)
    assert upgrade(site, ENGINE) == ([], [], ["scripts/post_render.py"], ["scripts/pre_render.py"])


def test_a_changed_file_that_nothing_uses_anymore_is_reported_as_unused(
    site: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (site / "scripts/pre_render.py").write_text("# mine\n")
    newer = {path: content for path, content in read_owned(ENGINE).items() if path != "scripts/pre_render.py"}
    monkeypatch.setattr("octavo.starter.upgrade.read_owned", lambda _: newer)
    assert command.main([str(site), "--dry-run"]) == command.CONFLICTS
    assert "scripts/pre_render.py: you changed it, and Octavo no longer uses it" in capsys.readouterr().err


def test_a_file_that_the_owner_deleted_stays_deleted(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (site / "netlify.toml").unlink()
    newer = {**read_owned(ENGINE), "netlify.toml": b"# the engine's newer one\n"}
    monkeypatch.setattr("octavo.starter.upgrade.read_owned", lambda _: newer)
    assert upgrade(site, ENGINE) == ([], [], [], [])
    assert not (site / "netlify.toml").exists()


def test_tables_pages_pictures_and_documents_are_never_touched(site: Path) -> None:
    own = ("data/", "assets/", "docs/", "_quarto.yml", "README.md", "index.qmd", "cv.qmd", "404.qmd")
    for path, content in snapshot(site).items():
        if path.startswith(own):
            (site / path).write_bytes(content + b"\n# mine\n")
    before = {path: content for path, content in snapshot(site).items() if path.startswith(own)}
    assert len(before) > 8
    upgrade(site, NEWER)
    assert {path: content for path, content in snapshot(site).items() if path.startswith(own)} == before


def test_line_endings_changed_by_git_are_not_a_change_by_the_owner(site: Path) -> None:
    for path, content in snapshot(site).items():
        (site / path).write_bytes(content.replace(b"\n", b"\r\n"))
    assert plan_upgrade(site, ENGINE).is_empty


ENGINE_FILES = {"one.txt": b"1\n", "scripts/publish.sh": b"2\n", "gone/old.txt": b"3\n", "deleted.txt": b"4\n"}
NEXT_FILES = {"one.txt": b"I\n", "scripts/publish.sh": b"II\n", "new/file.txt": b"new\n", "deleted.txt": b"IV\n"}
LAST_FILES = {"one.txt": b"i\n", "scripts/publish.sh": b"ii\n", "new/file.txt": b"newer\n", "deleted.txt": b"iv\n"}


@pytest.fixture
def use_files(monkeypatch: pytest.MonkeyPatch) -> Callable[[Mapping[str, bytes]], None]:
    """Replace the engine's files."""
    monkeypatch.setattr(os, "fsync", lambda _: None)
    return lambda files: monkeypatch.setattr("octavo.starter.upgrade.read_owned", lambda _: files)


def make_small_site(site: Path) -> None:
    """A site of a small engine; its owner has deleted a file."""
    shutil.rmtree(site, ignore_errors=True)
    owned = {path: content for path, content in ENGINE_FILES.items() if path != "deleted.txt"}
    write_files(site, {**owned, RECORD: format_record("1.1.0", ENGINE_FILES).encode()})


@pytest.mark.parametrize("fills", [False, True])
@pytest.mark.parametrize("later", [NEXT_FILES, LAST_FILES])
def test_an_upgrade_interrupted_anywhere_is_complete_or_completed_by_the_next(
    tmp_path: Path, use_files: Callable[[Mapping[str, bytes]], None], later: Mapping[str, bytes], fills: bool
) -> None:
    site = tmp_path / "small"

    def prepare() -> None:
        make_small_site(site)
        use_files(NEXT_FILES)

    prepare()
    old = snapshot(site)
    upgrade(site, ENGINE)
    new = snapshot(site)
    assert new["new/file.txt"] == b"new\n"
    assert "deleted.txt" not in new

    def look() -> None:
        if fills:  # if the program goes on, nothing is left half done
            assert snapshot(site) in (old, new)
        use_files(later)
        assert upgrade(site, ENGINE)[3] == []
        wanted = {path: content for path, content in later.items() if path != "deleted.txt"}
        assert snapshot(site) == {**wanted, RECORD: format_record(ENGINE.version, later).encode()}
        assert (site / "scripts/publish.sh").stat().st_mode & 0o777 == 0o755
        assert not list(site.glob(".octavo-*"))

    def run() -> None:
        apply_upgrade(plan_upgrade(site, ENGINE), site, ENGINE)

    assert try_every_point(prepare, run, look, fills=fills) >= 15


@pytest.mark.parametrize("path", ["data/news.yml", "index.qmd", "README.md"])
def test_a_forged_record_cannot_remove_the_owners_files(site: Path, path: str) -> None:
    (site / path).write_bytes(b"mine\n")
    (site / RECORD).write_text(f"{(site / RECORD).read_text()}{compute_digest(b'mine')}  {path}\n")
    upgrade(site, NEWER)
    assert (site / path).read_bytes() == b"mine\n"


def test_a_record_that_leaves_the_site_through_a_link_is_refused(site: Path, tmp_path: Path) -> None:
    (site / "scripts").rename(tmp_path / "elsewhere")
    (site / "scripts").symlink_to(tmp_path / "elsewhere")
    before = snapshot(tmp_path / "elsewhere")
    with pytest.raises(OctavoError, match="is not a record"):
        plan_upgrade(site, NEWER)
    assert snapshot(tmp_path / "elsewhere") == before


@pytest.mark.parametrize("content", [b"\xff\xfe", b"0  \n", b"0  a\0b\n", b"0  .\n", b"0  scripts/./x\n", b"no path"])
def test_a_damaged_record_is_refused(site: Path, content: bytes) -> None:
    (site / RECORD).write_bytes(content)
    before = snapshot(site)
    with pytest.raises(OctavoError, match="is not a record"):
        plan_upgrade(site, NEWER)
    assert snapshot(site) == before


def test_a_folder_in_the_place_of_a_file_is_named(site: Path) -> None:
    (site / "Makefile").unlink()
    (site / "Makefile").mkdir()
    with pytest.raises(OctavoError, match=r"Makefile: can't be read: Is a directory; nothing was written"):
        plan_upgrade(site, NEWER)


@pytest.mark.parametrize("path", ["/etc/passwd", "../outside.txt", "scripts/../../outside.txt"])
def test_a_record_that_names_a_file_outside_the_site_is_refused(site: Path, path: str) -> None:
    (site / RECORD).write_text(f"{compute_digest(b'')}  {path}\n")
    with pytest.raises(OctavoError, match="is not a record"):
        plan_upgrade(site, ENGINE)


def test_a_folder_that_is_not_a_site_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OctavoError, match="needs a site made by `octavo new`"):
        plan_upgrade(tmp_path, ENGINE)


def test_the_command_shows_its_plan_and_changes_files_only_on_request(
    site: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(command, "find_engine", lambda: NEWER)
    before = snapshot(site)
    assert command.main([str(site), "--dry-run"]) == 0
    assert "change   requirements.txt" in capsys.readouterr().out
    assert snapshot(site) == before
    assert command.main([str(site), "--yes"]) == 0
    assert capsys.readouterr().out.endswith("Upgraded to octavo 2.1.0.\n")
    assert command.main([str(site)]) == 0
    assert capsys.readouterr().out == "The site is up to date with octavo 2.1.0.\n"


# Files of this repository's site that differ because the toolkit is beside it.
DIFFERENT = {".github/workflows/publish.yml", ".github/workflows/watch.yml", ".gitignore", "Makefile", "netlify.toml"}


def test_the_engines_files_in_this_repositorys_site_are_up_to_date() -> None:
    owned = read_owned(Engine())
    own = {path: (ROOT / path).read_bytes() if (ROOT / path).is_file() else None for path in owned}
    stale = {path for path, content in owned.items() if own[path] != content} - DIFFERENT - {"requirements.txt"}
    assert not stale, f"copy {sorted(stale)} from toolkit/src/octavo"


OLD_SITE = {
    "homepage/__init__.py": '"""The old engine."""\n',
    "homepage/tables.py": "old\n",
    "scripts/pre_render.py": "old\n",
    "tests/test_tables.py": "old\n",
    "_extensions/homepage/_extension.yml": "old\n",
    "cv.qmd": "---\ntitle: CV\n---\n\n```{python}\nfrom homepage import listings, tables\n```\n",
    "Makefile": "old\n",
    "README.md": "old\n",
    "_quarto.yml": "format: homepage-html\nwatch:\n  - [data/news.yml]\n  - [homepage/listings/news.py]\n",
}
OWN = {
    "data/profile.yml": "# yaml-language-server: $schema=../homepage/schemas/profile.json\nname: Ada Nowak\n",
    "index.qmd": "My homepage is mine.\n\n```{python}\nfrom homepage import tables\nimport homepage.listings\n```\n",
}


@pytest.fixture
def old_site(tmp_path: Path) -> Path:
    """A site as made by version 1.0's `make new`, with a page of the owner's and a script that the owner changed."""
    site = tmp_path / "old"
    for path, text in {**OLD_SITE, **OWN}.items():
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        (site / path).write_text(text)
    record = (f"{compute_digest(text.encode())}  {path}\n" for path, text in sorted(OLD_SITE.items()))
    (site / OLD_RECORD).write_text("".join(record))
    (site / "Makefile").write_text("mine\n")
    return site


def test_a_site_of_version_1_0_is_converted(old_site: Path) -> None:
    _, _, removed, kept = upgrade(old_site, NEWER)
    assert kept == ["Makefile"]
    assert "homepage/tables.py" in removed
    assert not (old_site / "homepage").exists()
    assert not (old_site / OLD_RECORD).exists()
    assert "from octavo import listings, tables" in (old_site / "cv.qmd").read_text()
    index = (old_site / "index.qmd").read_text()
    assert index.startswith("My homepage is mine.")
    assert "from octavo import tables\nimport octavo.listings" in index
    assert (old_site / "_quarto.yml").read_text() == "format: octavo-html\nwatch:\n  - [data/news.yml]\n"
    first = (old_site / "data/profile.yml").read_text().splitlines()[0]
    assert first == "# yaml-language-server: $schema=../_extensions/octavo/schemas/profile.json"
    assert plan_upgrade(old_site, NEWER).is_empty


def test_an_interrupted_conversion_is_completed_by_the_next(old_site: Path) -> None:
    plan = plan_upgrade(old_site, NEWER)
    for path in [*plan.added, *plan.changed][:9]:
        (old_site / path).parent.mkdir(parents=True, exist_ok=True)
        (old_site / path).write_bytes(plan.owned[path])
    assert upgrade(old_site, NEWER)[3] == ["Makefile"]
    assert plan_upgrade(old_site, NEWER).is_empty
