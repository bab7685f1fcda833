"""The swap is atomic: however a build ends, the site is the old or the new one, and the next build works."""

from __future__ import annotations

import os
import shutil
import signal
from pathlib import Path

import pytest

from octavo import processes
from octavo.errors import OctavoError
from octavo.renderer import fingerprint, render_site, swap
from octavo.renderer.swap import lock_output
from tests.building import BUILD, run_octavo
from tests.killing import KILLED, try_every_point
from tests.processes import Program, assert_none_left
from tests.renderer.projects import hash_tree, make_project

# The swap's own calls that change the file system, besides Python's.
OWN_CALLS = [(swap, "_exchange")]


@pytest.fixture
def quick_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Skip waiting for the disk: a killed process, unlike a crashed computer, loses nothing it has written."""
    monkeypatch.setattr(os, "fsync", lambda _: None)


@pytest.mark.campaign
@pytest.mark.usefixtures("quick_disk")
def test_a_kill_at_any_write_or_rename_leaves_the_old_or_the_new_site(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Without cells, no page needs the fork server that each killed process would start.
    monkeypatch.setattr(processes, "preload", lambda _: None)
    root = make_project(tmp_path / "small", {"kept/one.txt": "1", "kept/two.txt": "2"}, "resources: [kept]")
    site, page = root / "_site", root / "index.qmd"
    render_site(root)
    page.write_text(page.read_text().replace("was", "is"))
    shutil.copytree(root, tmp_path / "edited")
    old = hash_tree(site)
    render_site(root)
    new = hash_tree(site)
    assert old != new
    seen = []

    def prepare() -> None:
        shutil.rmtree(root)
        shutil.copytree(tmp_path / "edited", root)

    def look() -> None:
        standing = hash_tree(site)
        assert standing in (old, new)
        seen.append(standing)
        render_site(root)
        assert hash_tree(site) == new
        assert not render_site(root)

    assert try_every_point(prepare, lambda: render_site(root), look, OWN_CALLS) >= 15
    assert old in seen
    assert new in seen[:-1], "the build was never killed between the swap and its end"


@pytest.mark.usefixtures("quick_disk")
@pytest.mark.parametrize("can_exchange", [True, False])
@pytest.mark.parametrize("has_old", [True, False])
def test_a_kill_at_any_point_of_the_swap_loses_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, can_exchange: bool, has_old: bool
) -> None:
    monkeypatch.setattr(swap, "hash_inputs", lambda *_: "the same")  # hashing the whole package takes longer
    if not can_exchange:
        monkeypatch.setattr(swap, "_exchange", lambda *_: False)
    site, texts = tmp_path / "_site", {"a.html": "new", "sub/b.html": "new"}
    old_texts = {"a.html": "old", "gone.html": "old"} if has_old else {}

    def write(folder: Path, files: dict[str, str]) -> None:
        for name, text in files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text)

    def build() -> None:
        swap.renew(tmp_path, site, "a test", lambda folder: write(folder, texts), None)

    def prepare() -> None:
        swap.renew(tmp_path, site, "a test", lambda folder: write(folder, old_texts), None)
        if not has_old:
            site.rmdir()

    prepare()
    old = hash_tree(site)
    write(tmp_path / "expected", texts)
    new = hash_tree(tmp_path / "expected")

    def look() -> None:
        if site.exists() or can_exchange or not has_old:
            assert hash_tree(site) in (old, new)
        else:  # between two renames: the next build begins by restoring the old site
            swap.recover(site)
            assert hash_tree(site) == old
        build()
        assert hash_tree(site) == new
        assert sorted(path.name for path in tmp_path.iterdir()) == [".cache", "_site", "expected"]

    assert try_every_point(prepare, build, look, OWN_CALLS) >= 10


def test_the_new_site_is_on_the_disk_before_it_takes_its_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = tmp_path / "_site"
    flushed: list[bool] = []
    monkeypatch.setattr(os, "fsync", lambda _: flushed.append(site.exists()))
    with swap.build_aside(site) as folder:
        for name in ("a.html", "b.html"):
            (folder / name).write_text(name)
    assert flushed == [False, False]
    assert len(hash_tree(site)) == 2


@pytest.fixture
def rendered(tmp_path: Path) -> tuple[Path, dict[str, str]]:
    """A project that was rendered once and then edited, and the hashes of its site."""
    root = make_project(tmp_path / "small")
    render_site(root)
    (root / "index.qmd").write_text("---\ntitle: Home\n---\n\nChanged.\n")
    return root, hash_tree(root / "_site")


def test_a_kill_while_a_cell_runs_leaves_the_old_site_and_no_process(
    rendered: tuple[Path, dict[str, str]], tmp_path: Path
) -> None:
    root, old = rendered
    begun, page = tmp_path / "begun", root / "page.qmd"
    page.write_text(f"```{{python}}\nimport time\nopen({str(begun)!r}, 'w').close()\ntime.sleep(1000)\n```\n")
    program = Program(BUILD, root, tmp_path / "log")
    try:
        program.wait_for_file(begun)
        with pytest.raises(OctavoError, match="another build of _site is running"):
            render_site(root)
        program.end(signal.SIGKILL)
        assert_none_left(program.mark)
    finally:
        program.kill_all()
    assert hash_tree(root / "_site") == old
    page.unlink()
    assert render_site(root)
    assert "Changed" in (root / "_site/index.html").read_text()


def test_a_failed_build_leaves_the_old_site_and_nothing_beside_it(rendered: tuple[Path, dict[str, str]]) -> None:
    root, old = rendered
    (root / "zuletzt.qmd").write_text("Text\n\n{{< include gone.md >}}\n")
    with pytest.raises(OctavoError):
        render_site(root)
    assert hash_tree(root / "_site") == old
    assert not list(root.glob("_site.*"))
    (root / "zuletzt.qmd").unlink()
    assert render_site(root)
    assert "Changed" in (root / "_site/index.html").read_text()


def test_a_leftover_folder_that_cannot_be_removed_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As when another user started the build."""
    root = make_project(tmp_path)
    (root / "_site.new").mkdir()
    monkeypatch.setattr(swap, "_remove", lambda folder: None)
    with pytest.raises(OctavoError, match=r"_site\.new was left by an earlier build and can't be removed; remove it"):
        render_site(root)


@pytest.mark.parametrize("place", ["mine", ".", "..", "repository"])
def test_a_folder_not_made_by_a_build_is_never_replaced(tmp_path: Path, place: str) -> None:
    root = make_project(tmp_path / "above/small", {"mine/thesis.txt": "Mine.", "mine/draft.html": "Mine, too."})
    (root / "repository/.git").mkdir(parents=True)
    (root / "repository/index.html").write_text("A branch for the site.")
    before = hash_tree(tmp_path)
    with pytest.raises(OctavoError, match=r"can't become the site's folder, .* name another one"):
        render_site(root, root / place)
    shutil.rmtree(root / ".cache")
    assert hash_tree(tmp_path) == before


def test_a_site_without_a_home_page_is_replaced_by_the_build_that_made_it(tmp_path: Path) -> None:
    root = make_project(tmp_path, {"page.qmd": "As it was."})
    (root / "index.qmd").unlink()
    render_site(root, root / "public")
    (root / "page.qmd").write_text("As it is.")
    assert render_site(root, root / "public")
    assert "As it is." in (root / "public/page.html").read_text()


def test_a_second_concurrent_build_fails_with_a_message(rendered: tuple[Path, dict[str, str]]) -> None:
    root, old = rendered
    with lock_output(root / "_site", root / fingerprint.CACHE):
        done = run_octavo(root, "build", "--renderer", "embedded", apart=True)
    assert done.returncode == 1
    assert "another build of _site is running" in done.stderr
    assert "Traceback" not in done.stderr
    assert hash_tree(root / "_site") == old
    assert render_site(root)


def test_the_lock_of_a_killed_build_blocks_nobody(rendered: tuple[Path, dict[str, str]]) -> None:
    root, _ = rendered

    def take_lock_and_die() -> None:
        with lock_output(root / "_site", root / fingerprint.CACHE):
            os._exit(KILLED)

    pid = os.fork()
    if pid == 0:
        take_lock_and_die()
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == KILLED
    assert render_site(root)
