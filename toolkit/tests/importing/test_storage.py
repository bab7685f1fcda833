"""Files are written atomically, whenever the process is stopped."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from octavo.cli import import_publications
from octavo.errors import OctavoError
from octavo.importing.storage import Storage
from tests.importing.replay import Replay, Reply, make_csl
from tests.killing import try_every_point

ROOT = Path(__file__).resolve().parents[3]
OLD = b"- id: a\n  title: Old\n  authors: [A]\n  type: book\n"
NEW = b"- id: a\n  title: New\n  authors: [A]\n  type: book\n"


@pytest.fixture
def storage(tmp_path: Path) -> Storage:
    data = tmp_path / "data"
    data.mkdir()
    (data / "profile.yml").write_text("name: A\n")
    (data / "publications.yml").write_bytes(OLD)
    return Storage(data, "publications")


@pytest.mark.parametrize("sources", [["refs.bib"], ["--refresh"]], ids=["import", "refresh"])
def test_a_kill_at_any_point_leaves_each_file_old_or_new(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, replay: Replay, sources: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    files = [Path("data/publications.yml"), Path("data/provenance/publications.json")]
    Path("data").mkdir()
    Path("data/profile.yml").write_text("name: A\n")
    files[0].write_text("[]\n")

    def run() -> int:
        return import_publications.main([*sources, "--yes"])

    def import_title(title: str, *sources: str) -> list[str]:
        replay.reply("/doi/10.1145/1.2", Reply(make_csl(title=title)))
        Path("refs.bib").write_text(f"@book{{a, title={{{title}}}, author={{A}}, year=2020}}")
        assert import_publications.main([*sources, "--yes"]) == 0
        return [file.read_text() for file in files]

    before = import_title("One", "doi:10.1145/1.2" if sources == ["--refresh"] else "refs.bib")
    after = import_title("Two", *sources)
    assert before[0] != after[0]
    assert before[1] != after[1]
    states = set()

    def prepare() -> None:
        for file, text in zip(files, before, strict=True):
            file.write_text(text)

    def look() -> None:
        for file, old, new in zip(files, before, after, strict=True):
            assert file.read_text() in (old, new)
        states.add(tuple(file.read_text() == new for file, new in zip(files, after, strict=True)))
        # the next run arrives at the same table without questions
        assert run() == 0
        assert files[0].read_text() == after[0]
        assert list(Path("data").rglob(".*")) == []

    assert try_every_point(prepare, run, look) >= 10
    assert states == {(False, False), (True, False), (True, True)}


def test_a_table_newer_than_its_provenance_is_not_overwritten(storage: Storage) -> None:
    """The computer crashed between the two writes, so the new title counts as the owner's."""
    with storage.lock():
        storage.write_table(OLD, NEW)
    (storage.data.parent / "refs.bib").write_text("@book{a, title={Newer}, author={A}}")
    command = [sys.executable, str(ROOT / "scripts/import_publications.py"), "refs.bib", "--yes", "--same", "a=a"]
    done = subprocess.run(command, cwd=storage.data.parent, capture_output=True, text=True, check=False)
    assert done.returncode == 3
    assert "refs.bib says 'Newer', you wrote 'New'; kept yours" in done.stdout
    assert storage.file.read_bytes() == NEW


def test_a_table_that_was_edited_meanwhile_is_not_overwritten(storage: Storage) -> None:
    with storage.lock():
        before = storage.read_table()
        storage.file.write_bytes(OLD + b"# edited\n")
        with pytest.raises(OctavoError, match="changed while you were deciding"):
            storage.write_table(before, NEW)
    assert storage.file.read_bytes() == OLD + b"# edited\n"


def test_two_imports_do_not_write_concurrently(storage: Storage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("octavo.importing.storage._LOCK_SECONDS", 0)
    other = Storage(storage.data, storage.table)
    with storage.lock(), pytest.raises(OctavoError, match="another import is writing"), other.lock():
        pass


@pytest.mark.parametrize("call", ["write", "fsync", "replace"])
def test_a_failing_disk_leaves_only_the_old_file(storage: Storage, monkeypatch: pytest.MonkeyPatch, call: str) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, call, fail)
    with storage.lock(), pytest.raises(OctavoError, match="No space left on device"):
        storage.write_table(OLD, NEW)
    monkeypatch.undo()
    assert storage.file.read_bytes() == OLD
    assert [path.name for path in storage.data.rglob("*.part")] == []
