"""Files: written atomically and only if they change; stored ones are read only if they are intact."""

from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from octavo.files import is_being_written, keep, read_kept, remove_leftovers, write_file

KEY, CONTENT = "key", b"first\nsecond\n" * 1000


def test_a_file_is_written_with_its_folders(tmp_path: Path) -> None:
    assert write_file(tmp_path / "a/b/file.txt", "é")
    assert (tmp_path / "a/b/file.txt").read_bytes() == "é".encode()


def test_an_unchanged_file_is_not_touched(tmp_path: Path) -> None:
    file = tmp_path / "file.txt"
    write_file(file, "as it is")
    before = file.stat().st_mtime_ns, file.stat().st_ino
    assert not write_file(file, b"as it is")
    assert (file.stat().st_mtime_ns, file.stat().st_ino) == before


def test_a_changed_file_is_replaced_and_never_written_into(tmp_path: Path) -> None:
    file, copy = tmp_path / "file.txt", tmp_path / "copy.txt"
    write_file(file, "old")
    copy.hardlink_to(file)
    assert write_file(file, "new")
    assert (file.read_text(), copy.read_text()) == ("new", "old")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["copy.txt", "file.txt"]


def test_a_dangling_link_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "file.txt").symlink_to(tmp_path / "gone")
    assert write_file(tmp_path / "file.txt", "new")
    assert (tmp_path / "file.txt").read_text() == "new"


def test_a_folder_that_cannot_be_made_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "folder").symlink_to(tmp_path / "gone")
    with pytest.raises(OSError, match="folder"):
        write_file(tmp_path / "folder/file.txt", "new")


@pytest.mark.parametrize("sync", [False, True])
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EIO])
@pytest.mark.parametrize("call", ["write", "fsync", "close", "replace"])
@pytest.mark.parametrize("exists", [False, True])
def test_a_failing_disk_names_the_file_and_leaves_the_old_one_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str, number: int, exists: bool, sync: bool
) -> None:
    file = tmp_path / "file.txt"
    if exists:
        file.write_text("old")
    real = getattr(os, call)

    def fail(handle: Any, *arguments: Any) -> None:
        if call == "write":
            real(handle, bytes(arguments[0])[:2])
        elif call == "close":
            real(handle)
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as patch:
        patch.setattr(os, call, fail)
        if call == "fsync" and not sync:
            assert write_file(file, "content")
            return
        with pytest.raises(OSError, match=os.strerror(number)) as caught:
            write_file(file, "content", sync=sync)
    assert caught.value.filename == str(file)
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == ({"file.txt": "old"} if exists else {})


def test_partial_writes_are_completed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.write
    monkeypatch.setattr(os, "write", lambda file, data: real(file, bytes(data[:1000])))
    write_file(tmp_path / "file", CONTENT)
    assert (tmp_path / "file").read_bytes() == CONTENT


def test_a_write_of_zero_bytes_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "write", lambda *_: 0)
    with pytest.raises(OSError, match="file"):
        write_file(tmp_path / "file", CONTENT)
    assert list(tmp_path.iterdir()) == []


def test_a_limit_on_file_sizes_is_an_error_and_leaves_no_truncated_file(tmp_path: Path) -> None:
    code = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (5000, 5000))\n"
        "from octavo.errors import OctavoError, name_disk_faults\n"
        "from octavo.files import write_file\n"
        "try:\n"
        "    with name_disk_faults(): write_file(sys.argv[1], b'x' * 13000)\n"
        "except OctavoError as error: print(error)\n"
    )
    command = [sys.executable, "-c", code, str(tmp_path / "file")]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.startswith(f"the site can't be written: File too large ({tmp_path / 'file'}); raise the limit")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EIO])
def test_a_command_names_the_file_and_what_to_do(number: int) -> None:
    from octavo.errors import OctavoError, name_disk_faults

    with pytest.raises(OctavoError, match=rf"{os.strerror(number)} \(a/cv\.pdf\); \w+"), name_disk_faults():
        raise OSError(number, os.strerror(number), "a/cv.pdf")


@pytest.mark.parametrize("sync", [False, True])
def test_a_synced_file_is_on_the_disk_before_it_gets_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sync: bool
) -> None:
    calls = []
    for name in ("fsync", "replace"):
        real: Callable[..., Any] = getattr(os, name)
        monkeypatch.setattr(os, name, lambda *given, name=name, real=real: (calls.append(name), real(*given)))
    write_file(tmp_path / "file", "x", sync=sync)
    assert calls == (["fsync", "replace", "fsync"] if sync else ["replace"])


def test_a_new_file_has_the_usual_permissions(tmp_path: Path) -> None:
    write_file(tmp_path / "new", b"x")
    (tmp_path / "other").write_bytes(b"x")
    assert (tmp_path / "new").stat().st_mode == (tmp_path / "other").stat().st_mode


def test_a_replaced_file_keeps_its_permissions(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("old")
    (tmp_path / "file").chmod(0o640)
    write_file(tmp_path / "file", "new")
    assert stat.S_IMODE((tmp_path / "file").stat().st_mode) == 0o640


def test_a_file_name_can_be_as_long_as_the_system_allows(tmp_path: Path) -> None:
    for name in ("n" * 255, "ü" * 127):
        assert write_file(tmp_path / name, "x")


def test_a_pipe_is_written_to_and_not_replaced(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with subprocess.Popen(["cat", tmp_path / "pipe"], stdout=subprocess.PIPE) as reader:
        write_file(tmp_path / "pipe", "x")
        assert reader.communicate()[0] == b"x"
    assert stat.S_ISFIFO((tmp_path / "pipe").stat().st_mode)


def test_a_name_in_the_current_folder_needs_no_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write_file("file", "x", sync=True)
    assert (tmp_path / "file").read_text() == "x"


def test_stored_content_is_found_only_under_its_key(tmp_path: Path) -> None:
    keep(tmp_path / "a/kept", KEY, CONTENT)
    assert read_kept(tmp_path / "a/kept", KEY) == CONTENT
    assert read_kept(tmp_path / "a/kept", "another") is None
    assert read_kept(tmp_path / "gone", KEY) is None
    assert read_kept(tmp_path / "a", KEY) is None
    keep(tmp_path / "empty", KEY, b"")
    assert read_kept(tmp_path / "empty", KEY) == b""


def test_stored_content_with_any_byte_missing_or_altered_is_not_found(tmp_path: Path) -> None:
    file = tmp_path / "kept"
    keep(file, KEY, b"some\ncontent")
    whole = file.read_bytes()
    for place in range(len(whole)):
        for damaged in (whole[:place], whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :]):
            file.write_bytes(damaged)
            assert read_kept(file, KEY) is None
    for more in (b"\n", b"\0" * 4096):
        file.write_bytes(whole + more)
        assert read_kept(file, KEY) is None
    file.write_bytes(bytes(len(whole)))  # as after a power failure
    assert read_kept(file, KEY) is None


def test_leftovers_of_a_killed_program_are_told_apart_from_files_being_written(tmp_path: Path) -> None:
    part, other = tmp_path / ".x.0.part", tmp_path / "x"
    part.touch()
    other.touch()
    assert is_being_written(part)
    assert not is_being_written(other)
    os.utime(part, (0, 0))
    assert not is_being_written(part)
    assert not is_being_written(tmp_path / "gone.part")


@pytest.mark.parametrize("name", ["papers.bib", "[p]*" * 30])
def test_only_leftovers_of_killed_writes_of_the_file_are_removed(tmp_path: Path, name: str) -> None:
    left, written, others = (
        tmp_path / f".{file}.{end}.part" for file, end in [(name[:40], "0"), (name[:40], "1"), ("x", "0")]
    )
    for part in (left, written, others):
        part.touch()
    for part in (left, others):
        os.utime(part, (0, 0))
    remove_leftovers(tmp_path / name)
    assert sorted(tmp_path.iterdir()) == sorted([written, others])
    remove_leftovers(tmp_path / name, is_locked=True)
    assert [*tmp_path.iterdir()] == [others]
