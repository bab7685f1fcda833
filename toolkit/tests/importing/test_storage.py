"""Files are written whole or not at all, whenever the process is stopped."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from octavo.errors import OctavoError
from octavo.importing.storage import Storage

ROOT = Path(__file__).resolve().parents[3]
OLD = b"- id: a\n  title: Old\n  authors: [A]\n  type: book\n"
NEW = b"- id: a\n  title: New\n  authors: [A]\n  type: book\n"

# Runs an import in a process that is stopped, without any chance to tidy up, at the call of that number to one of the
# operating system's functions.
KILLER = """
import os, sys
sys.path.insert(0, sys.argv[1])
left = int(sys.argv[2])
def guard(name):
    real = getattr(os, name)
    def call(*arguments, **options):
        global left
        left -= 1
        if left == 0:
            os._exit(137)
        return real(*arguments, **options)
    setattr(os, name, call)
import octavo.cli.import_publications as command
for name in ("write", "fsync", "replace"):
    guard(name)
status = command.main(["refs.bib", "--yes"])
os._exit(status)
"""


@pytest.fixture
def storage(tmp_path: Path) -> Storage:
    data = tmp_path / "data"
    data.mkdir()
    (data / "profile.yml").write_text("name: A\n")
    (data / "publications.yml").write_bytes(OLD)
    return Storage(data, "publications")


def test_whenever_it_is_killed_each_file_is_the_old_or_the_new_one(tmp_path: Path) -> None:
    first, second = (f"@book{{a, title={{{title}}}, author={{A}}, year=2020}}" for title in ("One", "Two"))
    states = set()
    for call in range(1, 200):
        root = tmp_path / str(call)
        (root / "data").mkdir(parents=True)
        (root / "data" / "profile.yml").write_text("name: A\n")
        (root / "data" / "publications.yml").write_text("[]\n")
        (root / "refs.bib").write_text(first)
        if call == 1:
            run_killed(root, 10_000)
            before = read_state(root)
            (root / "refs.bib").write_text(second)
            run_killed(root, 10_000)
            after = read_state(root)
            continue
        write_state(root, before)
        (root / "refs.bib").write_text(second)
        status = run_killed(root, call)
        table, provenance = read_state(root)
        assert table in (before[0], after[0])
        assert provenance in (before[1], after[1])
        # the next run comes to the same table, and asks about nothing
        assert run_killed(root, 10_000) == 0
        assert read_state(root)[0] == after[0]
        assert list((root / "data").rglob(".*")) == []
        states.add((table == after[0], provenance == after[1]))
        if status == 0:
            break
    assert status == 0, "the loop came to a run that wasn't killed"
    assert states >= {(False, False), (True, False), (True, True)}
    assert (False, True) not in states


def run_killed(root: Path, call: int) -> int:
    arguments = [sys.executable, "-c", KILLER, str(ROOT), str(call)]
    return subprocess.run(arguments, cwd=root, capture_output=True, check=False).returncode


def read_state(root: Path) -> tuple[str, str]:
    data = root / "data"
    return (data / "publications.yml").read_text(), (data / "provenance" / "publications.json").read_text()


def write_state(root: Path, state: tuple[str, str]) -> None:
    (root / "data" / "provenance").mkdir()
    (root / "data" / "publications.yml").write_text(state[0])
    (root / "data" / "provenance" / "publications.json").write_text(state[1])


def test_a_table_that_is_ahead_of_its_provenance_is_asked_about_and_not_overwritten(storage: Storage) -> None:
    """The computer stopped between the two: the new title counts as the owner's."""
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


def test_two_imports_do_not_write_at_once(storage: Storage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("octavo.importing.storage._LOCK_SECONDS", 0)
    other = Storage(storage.data, storage.table)
    with storage.lock(), pytest.raises(OctavoError, match="another import is writing"), other.lock():
        pass


@pytest.mark.parametrize("call", ["write", "fsync", "replace"])
def test_a_disk_that_fails_leaves_the_old_file_and_nothing_else(
    storage: Storage, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, call, fail)
    with storage.lock(), pytest.raises(OctavoError, match="No space left on device"):
        storage.write_table(OLD, NEW)
    monkeypatch.undo()
    assert storage.file.read_bytes() == OLD
    assert [path.name for path in storage.data.rglob("*.part")] == []
