"""The cache of documents: it never returns anything damaged, incomplete, or outdated."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from itertools import cycle
from pathlib import Path

import pytest
from PIL import Image

from octavo.documents import draw_ahead, typesetting, write_documents
from octavo.documents.typesetting import describe_typesetting, find_template
from tests.sites import ROOT

DRAW = (
    "import sys; from pathlib import Path; from octavo.documents import draw_ahead, write_documents\n"
    "root = Path(sys.argv[1])\n"
    "draw_ahead(root, ['index.qmd']); write_documents(root / '_site', root)\n"
)
LIMITED = "import resource, sys; limit = int(sys.argv[2]); resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))\n"


@pytest.fixture
def root(noether: Path) -> Path:
    """A project with a page whose site has been built, but no documents yet."""
    (noether / "index.qmd").write_text("---\ntitle: Emmy Noether\n---\n", encoding="utf-8")
    return empty_site(noether)


def empty_site(root: Path) -> Path:
    shutil.rmtree(root / "_site", ignore_errors=True)
    (root / "_site").mkdir()
    (root / "_site/index.html").write_text("<p>", encoding="utf-8")
    return root


def write_anew(root: Path) -> dict[str, bytes]:
    """Write the documents of a new site from the existing caches."""
    write_documents(empty_site(root) / "_site", root)
    return read_site(root)


def read_site(root: Path) -> dict[str, bytes]:
    site = root / "_site"
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}


def list_entries(root: Path) -> list[Path]:
    return sorted(path for path in (root / ".cache/octavo").glob("[cd]*/*") if path.is_file())


DAMAGES: tuple[Callable[[bytes], bytes], ...] = (
    lambda content: content[: len(content) // 2],
    lambda content: content[:-1],
    lambda content: b"",
    lambda content: bytes(len(content)),
    lambda content: content[:-100] + b"?" + content[-99:],
    lambda content: content.partition(b"\n")[2],  # as another program would write it
)


def test_a_damaged_entry_is_drawn_again(root: Path) -> None:
    right = write_anew(root)
    entries = list_entries(root)
    assert len(entries) == 2 + 9
    whole = [entry.read_bytes() for entry in entries]
    for entry, damage in zip(entries, cycle(DAMAGES), strict=False):
        entry.write_bytes(damage(entry.read_bytes()))
        assert entry.read_bytes() not in whole
    assert write_anew(root) == right
    assert [entry.read_bytes() for entry in entries] == whole


@pytest.mark.campaign
@pytest.mark.parametrize("limit", [0, 1000, 20_000])
def test_a_full_disk_is_an_error_and_no_truncated_document_is_cached(root: Path, limit: int) -> None:
    """A limit on file sizes interrupts a write, as a full disk does."""
    right = write_anew(root)
    shutil.rmtree(root / ".cache")
    empty_site(root)
    done = subprocess.run(
        [sys.executable, "-c", LIMITED + DRAW, str(root), str(limit)],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )
    assert done.returncode
    assert "File too large: '" in done.stderr
    assert all(content == right[name] for name, content in read_site(root).items())
    assert write_anew(root) == right


@pytest.mark.campaign
def test_a_build_after_a_kill_at_any_point_has_the_right_documents(root: Path) -> None:
    right = write_anew(root)
    seconds = random.Random(1)  # noqa: S311 - to try the same moments each time
    for _ in range(3):
        shutil.rmtree(root / ".cache")
        with subprocess.Popen([sys.executable, "-c", DRAW, str(root)], cwd=ROOT) as program:
            time.sleep(seconds.uniform(0.3, 1.2))
            program.send_signal(signal.SIGKILL)
        assert write_anew(root) == right


def test_partial_files_of_a_killed_program_are_removed_with_unused_entries(root: Path) -> None:
    write_anew(root)
    old, new = (root / f".cache/octavo/cards/.{name}.part" for name in ("old", "new"))
    old.touch()
    os.utime(old, (0, 0))
    new.touch()
    write_anew(root)
    assert (old.exists(), new.exists()) == (False, True)


def add_picture(folder: Path) -> None:
    (folder / "pictures").mkdir()
    Image.new("RGB", (2, 2)).save(folder / "pictures/logo.png")


def add_linked_fonts(folder: Path) -> None:
    fonts = folder.parent / "fonts elsewhere"
    fonts.mkdir()
    (fonts / "new.otf").write_bytes(b"font")
    (folder / "fonts").symlink_to(fonts)


def add_font(folder: Path) -> None:
    (folder / "fonts").mkdir()
    (folder / "fonts/new.otf").write_bytes(b"font")


def add_import(folder: Path) -> None:
    (folder / "lib").mkdir()
    (folder / "lib/more.typ").write_text("#let x = 1\n")


def edit_runs(folder: Path) -> None:
    with (folder / "runs.typ").open("a") as file:
        file.write("\n")


EDITS = (add_picture, add_font, add_linked_fonts, add_import, edit_runs)


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.__name__)
def test_an_edit_of_anything_that_templates_use_redraws_everything(root: Path, edit: Callable[[Path], None]) -> None:
    templates = ("cv.typ", "card.typ")
    before = {describe_typesetting(find_template(root, name)) for name in templates}
    edit(root / "documents")
    assert not before & {describe_typesetting(find_template(root, name)) for name in templates}


def test_changed_drawing_code_redraws_everything(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    code = tmp_path / "code"
    shutil.copytree(Path(typesetting.__file__).parent, code)
    monkeypatch.setattr(typesetting, "__file__", str(code / "typesetting.py"))
    write_anew(root)
    before = list_entries(root)
    with (code / "cards.py").open("a") as file:
        file.write("# other\n")
    write_anew(root)
    assert not set(before) & set(list_entries(root))
    assert len(list_entries(root)) == len(before)


@pytest.mark.parametrize("program", ["typst-9.9.9.dist-info", "pillow-99.0.dist-info", "Pillow-99.0.dist-info"])
def test_another_version_of_typst_or_pillow_redraws_everything(
    root: Path, monkeypatch: pytest.MonkeyPatch, program: str
) -> None:
    before = describe_typesetting(find_template(root, "cv.typ"))
    monkeypatch.setattr(typesetting, "list_installed", lambda: [program])
    assert describe_typesetting(find_template(root, "cv.typ")) != before


def test_a_newly_installed_font_redraws_everything(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("octavo.installed._FONTS", (str(tmp_path / "fonts"),))
    (tmp_path / "fonts/noto").mkdir(parents=True)
    before = describe_typesetting(find_template(root, "cv.typ"))
    os.utime(tmp_path / "fonts/noto", (1, 1))
    assert describe_typesetting(find_template(root, "cv.typ")) != before


def test_another_brand_color_redraws_everything(root: Path) -> None:
    with (root / "_quarto.yml").open("a", encoding="utf-8") as settings:
        settings.write("\nbrand: false\n")
    (root / "_brand.yml").write_text("color: {primary: navy}\n", encoding="utf-8")
    before = describe_typesetting(find_template(root, "cv.typ"))
    (root / "_brand.yml").write_text("color: {primary: maroon}\n", encoding="utf-8")
    assert describe_typesetting(find_template(root, "cv.typ")) != before


def test_a_changed_logo_redraws_everything(root: Path) -> None:
    with (root / "_quarto.yml").open("a", encoding="utf-8") as settings:
        settings.write("\nbrand: false\n")
    (root / "assets").mkdir()
    logo = root / "assets/logo.svg"
    logo.write_text('<svg viewBox="0 0 2 1"><path fill="red"/></svg>', encoding="utf-8")
    (root / "_brand.yml").write_text("logo: assets/logo.svg\n", encoding="utf-8")
    before = describe_typesetting(find_template(root, "cv.typ"))
    logo.write_text('<svg viewBox="0 0 2 1"><path fill="tan"/></svg>', encoding="utf-8")
    assert describe_typesetting(find_template(root, "cv.typ")) != before


def test_a_template_that_shows_the_date_is_typeset_again_each_day(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Tomorrow(date):
        @classmethod
        def today(cls) -> Tomorrow:
            return cls(2100, 1, 1)

    file, template = root / "documents/cv.typ", find_template(root, "cv.typ")
    plain = describe_typesetting(template)
    with file.open("a") as stream:
        stream.write("\n#datetime.today().display()\n")
    dated = describe_typesetting(template)
    monkeypatch.setattr(typesetting, "date", Tomorrow)
    assert describe_typesetting(template) not in (plain, dated)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    pinned = describe_typesetting(template)
    monkeypatch.undo()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    assert describe_typesetting(template) == pinned


def test_a_temporary_file_of_an_editor_beside_the_templates_breaks_nothing(root: Path) -> None:
    (root / "documents/.#cv.typ").symlink_to("me@host.1:2")
    draw_ahead(root, ["index.qmd"])
    assert "cards/index.png" in write_anew(root)
