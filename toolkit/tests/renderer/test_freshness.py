"""No build leaves a stale page: the next build notices an edit of any file that a site depends on."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple

import pytest

from octavo.renderer import NAME, Options, fingerprint, render_site, swap
from octavo.renderer.fingerprint import has_code_changed, is_up_to_date
from tests.building import copy_project, run_octavo
from tests.renderer.projects import hash_tree, make_project
from tests.sites import lay_out

MARK = "Zettelkasten"


class Edit(NamedTuple):
    """An edit of a project's file, `old` to `new`, and the file of the site that shows it."""

    file: str
    old: str
    new: str
    shown_in: str


EDITS = {
    "page": Edit("index.qmd", "I study rings", f"{MARK} rings", "index.html"),
    "included file": Edit("_included.md", "Included", MARK, "index.html"),
    "table": Edit("data/news.yml", "Joined", MARK, "news.html"),
    "module": Edit(
        "own.py",
        "Own",
        MARK,
        "index.html",
    ),
    "template": Edit("_extensions/octavo/template.html", "$words.skip-to-content$", MARK, "index.html"),
    "partial": Edit("_extensions/octavo/foot.html", "Foot", MARK, "index.html"),
    "stylesheet": Edit("_extensions/octavo/octavo.css", "", f"\n/* {MARK} */\n", "*octavo.css"),
    "Lua filter": Edit(
        "_extensions/octavo/filters/page.lua",
        "  mark_current(meta)\n",
        f'  mark_current(meta)\n  meta.subtitle = "{MARK}"\n',
        "index.html",
    ),
    "configuration": Edit("_quarto.yml", "text: Vita", f"text: {MARK}", "index.html"),
    "resource": Edit("kept/notes.txt", "Kept", MARK, "kept/notes.txt"),
    "brand": Edit("_brand.yml", "Georgia", MARK, "*octavo.css"),
    "variable": Edit("_variables.yml", "word: variable", f"word: {MARK}", "index.html"),
}


OWN_CELL = "\n```{python}\nimport own\n\nprint(own.word)\n```\n"


@pytest.fixture(scope="module")
def noether(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A complete, rendered site that also includes a file, shows a variable, and publishes a resource."""
    root = lay_out("noether", tmp_path_factory.mktemp("fresh") / "site")
    replace_text(root / "_quarto.yml", "  execute-dir: project\n", "  execute-dir: project\n  resources: [kept]\n")
    replace_text(root / "index.qmd", "", "\n{{< include _included.md >}}\n\n{{< var word >}}\n" + OWN_CELL)
    replace_text(root / "_quarto.yml", "", "\nbrand: false\n")
    (root / "_brand.yml").write_text("typography: {base: Georgia}\n")
    (root / "kept").mkdir()
    (root / "kept/notes.txt").write_text("Kept")
    (root / "_included.md").write_text("Included")
    replace_text(root / "_extensions/octavo/template.html", "</footer>", "${ foot.html() }\n</footer>")
    replace_text(
        root / "_extensions/octavo/_extension.yml",
        "      filters:\n",
        "      template-partials: [foot.html]\n      filters:\n",
    )
    (root / "_extensions/octavo/foot.html").write_text("Foot")
    (root / "own.py").write_text('word = "Own"\n')
    (root / "_variables.yml").write_text("word: variable\n")
    (root / "extra.qmd").write_text("---\ntitle: Extra\n---\n\nA page to delete.\n")
    assert render_site(root)
    return root


@pytest.fixture
def restored(noether: Path) -> Iterator[Path]:
    """The site; its source files are restored after the test."""
    files = {path: path.read_bytes() for path in noether.rglob("*") if path.is_file() and is_source(noether, path)}
    yield noether
    for path, content in files.items():
        if not path.exists() or path.read_bytes() != content:
            path.write_bytes(content)


def is_source(root: Path, path: Path) -> bool:
    parts = path.relative_to(root).parts
    return "__pycache__" not in parts and parts[0] not in ("_site", "_site.lock", ".cache", ".quarto")


def replace_text(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1) if old else text + new, encoding="utf-8")


def render(root: Path) -> str:
    done = run_octavo(root, "build", "--renderer", "embedded")
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def read_shown(root: Path, pattern: str) -> str:
    files = list((root / "_site").rglob(pattern) if "*" in pattern else [root / "_site" / pattern])
    assert files
    return "\n".join(file.read_text(encoding="utf-8") for file in files)


@pytest.mark.parametrize("kind", EDITS)
def test_an_edit_makes_the_site_out_of_date(restored: Path, kind: str) -> None:
    edit = EDITS[kind]
    assert is_up_to_date(str(restored), None, NAME)
    replace_text(restored / edit.file, edit.old, edit.new)
    assert not is_up_to_date(str(restored), None, NAME)


def test_the_next_build_shows_every_edit(noether: Path, tmp_path: Path) -> None:
    root = copy_project(noether, tmp_path / "site")
    marks = {kind: MARK + kind.title().replace(" ", "") for kind in EDITS}
    for kind, edit in EDITS.items():
        assert marks[kind] not in read_shown(root, edit.shown_in)
        replace_text(root / edit.file, edit.old, edit.new.replace(MARK, marks[kind]))
    render(root)
    assert [kind for kind, edit in EDITS.items() if marks[kind] not in read_shown(root, edit.shown_in)] == []
    assert "up to date" in render(root)


@pytest.mark.parametrize("name", ["fonts/new.otf", "cv.typ", "lib/new.typ", "logo.svg"])
def test_sources_of_documents_are_sources_of_the_site(restored: Path, name: str) -> None:
    assert is_up_to_date(str(restored), None, NAME)
    file = restored / "documents" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(b"\n")
    assert not is_up_to_date(str(restored), None, NAME)
    file.unlink()


def test_a_newly_installed_font_makes_the_site_out_of_date(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("octavo.installed._FONTS", (str(tmp_path / "fonts"),))
    root = make_project(tmp_path / "small")
    assert render_site(root)
    assert not render_site(root)
    (tmp_path / "fonts").mkdir()
    assert render_site(root)


def test_a_damaged_build_record_makes_the_site_out_of_date(tmp_path: Path) -> None:
    root = make_project(tmp_path / "small")
    render_site(root)
    record = fingerprint._record_file(str(root), None, NAME)
    whole = Path(record).read_bytes()
    for damaged in (b"", whole[:-1], whole[: len(whole) // 2], bytes(len(whole)), whole.replace(b"_site", b"_sit\xff")):
        Path(record).write_bytes(damaged)
        assert render_site(root), damaged
    assert not render_site(root)


def test_a_deleted_page_is_removed_from_the_site(noether: Path, tmp_path: Path) -> None:
    root = copy_project(noether, tmp_path / "site")
    assert (root / "_site/extra.html").is_file()
    (root / "extra.qmd").unlink()
    render(root)
    assert not (root / "_site/extra.html").exists()
    assert (root / "_site/index.html").is_file()


def test_an_unchanged_site_is_not_rendered_again(noether: Path) -> None:
    before = list_files(noether / "_site")
    assert not render_site(noether)
    assert list_files(noether / "_site") == before


def list_files(folder: Path) -> dict[Path, tuple[int, int]]:
    return {path: (path.stat().st_ino, path.stat().st_mtime_ns) for path in folder.rglob("*")}


def test_render_site_returns_whether_there_was_anything_to_do(tmp_path: Path) -> None:
    root = make_project(tmp_path / "small")
    assert render_site(root)
    before = list_files(root / "_site")
    assert len(before) > 0
    assert not render_site(root)
    assert list_files(root / "_site") == before


@pytest.mark.parametrize("spoil", ["edit", "delete", "add", "remove"])
def test_a_tampered_site_is_rendered_again(tmp_path: Path, spoil: str) -> None:
    root = make_project(tmp_path / "small")
    render_site(root)
    whole = hash_tree(root / "_site")
    if spoil == "edit":
        (root / "_site/index.html").write_text("spoiled")
    elif spoil == "delete":
        (root / "_site/index.html").unlink()
    elif spoil == "add":
        (root / "_site/left.html").write_text("left over")
    else:
        (root / "_site").rename(tmp_path / "gone")
    assert render_site(root)
    assert hash_tree(root / "_site") == whole


def test_an_edit_that_keeps_size_and_time_is_noticed(tmp_path: Path) -> None:
    root = make_project(tmp_path / "small")
    render_site(root)
    page = root / "index.qmd"
    status = page.stat()
    page.write_text(page.read_text().replace("was.", "is!!"))
    os.utime(page, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert page.stat().st_size == status.st_size
    assert render_site(root)
    assert "is!!" in (root / "_site/index.html").read_text()


def test_a_module_edited_during_a_build_makes_the_next_build_render_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "package"
    package.mkdir()
    (package / "module.py").write_text("old = 1\n")
    monkeypatch.setattr(swap, "has_code_changed", partial(has_code_changed, package=str(package)))
    root = make_project(tmp_path / "small")
    time.sleep(0.1)
    edit = Options(progress=lambda _: (package / "module.py").write_text("new = 1\n"))
    assert render_site(root, options=edit)
    assert render_site(root), "the edit may have come too late for the first site"
    assert not render_site(root)


def test_a_page_changed_and_restored_during_a_build_makes_the_next_build_render_again(tmp_path: Path) -> None:
    hook = "from pathlib import Path\npage = Path('index.qmd')\nwas = page.read_bytes()\n"
    hook += "page.write_text('Another page.')\npage.write_bytes(was)\n"
    root = make_project(tmp_path, {"scripts/hook.py": hook}, "pre-render: scripts/hook.py")
    assert render_site(root)
    assert render_site(root)
    (root / "scripts/hook.py").write_text("")
    assert render_site(root)
    assert not render_site(root)


def test_a_dangling_link_among_the_modules_does_not_break_a_build(tmp_path: Path) -> None:
    (tmp_path / ".#module.py").symlink_to("me@host.1:2")  # as editors create for an unsaved buffer
    assert has_code_changed(0.0, str(tmp_path))
    assert not has_code_changed(time.time() + 60, str(tmp_path))
