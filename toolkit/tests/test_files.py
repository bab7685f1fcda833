"""Files: written only where they change, and whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from octavo.files import write_file


def test_a_file_is_written_with_its_folders(tmp_path: Path) -> None:
    assert write_file(tmp_path / "a/b/file.txt", "é")
    assert (tmp_path / "a/b/file.txt").read_bytes() == "é".encode()


def test_what_is_there_already_is_not_touched(tmp_path: Path) -> None:
    file = tmp_path / "file.txt"
    write_file(file, "as it is")
    before = file.stat().st_mtime_ns, file.stat().st_ino
    assert not write_file(file, b"as it is")
    assert (file.stat().st_mtime_ns, file.stat().st_ino) == before


def test_what_changes_is_replaced_and_never_written_into(tmp_path: Path) -> None:
    file, copy = tmp_path / "file.txt", tmp_path / "copy.txt"
    write_file(file, "old")
    copy.hardlink_to(file)
    assert write_file(file, "new")
    assert (file.read_text(), copy.read_text()) == ("new", "old")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["copy.txt", "file.txt"]


def test_a_link_that_leads_nowhere_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "file.txt").symlink_to(tmp_path / "gone")
    assert write_file(tmp_path / "file.txt", "new")
    assert (tmp_path / "file.txt").read_text() == "new"


def test_a_folder_that_cannot_be_made_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "folder").symlink_to(tmp_path / "gone")
    with pytest.raises(OSError, match="folder"):
        write_file(tmp_path / "folder/file.txt", "new")
