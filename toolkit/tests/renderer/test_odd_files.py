"""Pipes, sockets, and other files that can't be part of a site are reported, and never read."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from octavo.cli import check, pre_render
from octavo.renderer.odd_files import find_odd_files
from tests.needs import need_linux
from tests.renderer.projects import make_project


@pytest.mark.parametrize("path", ["pipe.qmd", "data/news.yml", "assets/me.jpg", "_brand.yml", "_quarto-extra.yml"])
def test_a_named_pipe_is_refused_and_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], path: str
) -> None:
    monkeypatch.chdir(make_project(tmp_path, {"data/profile.yml": "name: Ada Nowak\n", path: ""}))
    Path(path).unlink()
    os.mkfifo(path)
    monkeypatch.setenv("QUARTO_PROJECT_INPUT_FILES", str(tmp_path / "pipe.qmd"))
    assert pre_render.main() == 1
    message = f"{path}:1:1: this is a named pipe, which can't be part of a site; remove it\n"
    assert capsys.readouterr().err == message
    if path.startswith("data/"):
        assert check.main([]) == 1
        assert message in capsys.readouterr().err


def test_sockets_and_links_to_devices_are_reported_too(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(tmp_path / "s"))
    (tmp_path / "zero.png").symlink_to("/dev/zero")
    (tmp_path / "broken.png").symlink_to("nowhere")
    (tmp_path / "circle").symlink_to("circle")
    (tmp_path / ".editor").mkdir()
    os.mkfifo(tmp_path / ".editor/pipe")
    messages = [problem.message.split(",")[0] for problem in find_odd_files(tmp_path)]
    assert messages == ["this is a socket", "this is a device"]


@pytest.mark.parametrize("name", [b"a\xff.pdf", b"a\nb.qmd", b"\x1b[31m.txt"])
def test_an_unprintable_file_name_is_refused_without_affecting_the_terminal(tmp_path: Path, name: bytes) -> None:
    need_linux("other systems allow no such name")
    (tmp_path / os.fsdecode(name)).touch()
    (problem,) = find_odd_files(tmp_path)
    assert problem.message == "its name isn't UTF-8 or has a control character in it; rename it"
    assert problem.path.isprintable()
