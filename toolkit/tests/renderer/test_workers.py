"""Workers: cells run the same in a forked process as in a new one, and leave nothing running."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from octavo import processes
from octavo.errors import PageError
from octavo.renderer import Options, execution, render_site
from tests.building import BUILD
from tests.needs import forking
from tests.processes import Program, assert_none_left
from tests.renderer.projects import hash_tree, make_project

HOOK = """
import os
from pathlib import Path
Path(os.environ["QUARTO_PROJECT_OUTPUT_DIR"], "hook.txt").write_text("ran")
"""
FILES = {
    "scripts/hook.py": HOOK,
    "_environment": "OWN_WORD=told\n",
    "first.qmd": "```{python}\nimport os\nword = os.environ['OWN_WORD']\nprint(word, os.getcwd())\n```\n",
    "second.qmd": "```{python}\n#| echo: false\nprint('word' in globals(), 'dish: tofu – 豆腐')\n```\n",
}


@pytest.fixture
def no_forking(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make this a system where processes can't be forked safely, as on macOS."""
    monkeypatch.setattr(processes, "START_METHOD", "spawn")
    monkeypatch.setattr(execution, "START_METHOD", "spawn")


@pytest.mark.usefixtures("no_forking")
def test_the_site_is_the_same_without_forking(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = make_project(tmp_path, FILES, "post-render: scripts/hook.py")
    assert render_site(root)
    anew = hash_tree(root / "_site")
    assert {"first.html", "second.html", "hook.txt"} <= anew.keys()
    assert f"told {root}" in (root / "_site/first.html").read_text()
    assert "False dish: tofu – 豆腐" in (root / "_site/second.html").read_text()
    assert not render_site(root)
    monkeypatch.undo()
    (root / "_site/index.html").unlink()
    assert render_site(root)
    assert hash_tree(root / "_site") == anew


@pytest.mark.usefixtures("no_forking")
def test_a_cell_that_ends_its_process_is_reported_without_forking(tmp_path: Path) -> None:
    make_project(tmp_path, {"page.qmd": "```{python}\nimport os\nos._exit(3)\n```\n"})
    with pytest.raises(PageError, match=r"cell 1 ended its process"):
        render_site(tmp_path)


SERVER = "os.getppid()"
PARENT = f"int(open(f'/proc/{{{SERVER}}}/stat').read().rpartition(')')[2].split()[1])"


@pytest.mark.parametrize(("killed", "status"), [(SERVER, 1), (PARENT, -9)], ids=["the fork server", "the build"])
@forking
def test_a_cell_that_kills_its_ancestor_leaves_no_process(tmp_path: Path, killed: str, status: int) -> None:
    page = f"```{{python}}\nimport os, time\nos.kill({killed}, 9)\ntime.sleep(1000)\n```\n"
    root = make_project(tmp_path / "small", {"page.qmd": page, "other.qmd": page.replace(", 9)", ", 0)")})
    program = Program(BUILD, root, tmp_path / "log")
    try:
        assert program.wait() == status
        assert_none_left(program.mark)
    finally:
        program.kill_all()
    assert not (root / "_site").exists()


def test_a_background_program_of_a_cell_does_not_block_its_page(tmp_path: Path) -> None:
    make_project(tmp_path, {"page.qmd": "```{python}\nimport os\nos.system('sleep 1000 &')\n```\n"})
    assert render_site(tmp_path, options=Options(timeout=100))


@forking
def test_a_background_fork_of_a_cell_does_not_block_its_page(tmp_path: Path) -> None:
    lines = "import os, pathlib, time\npid = os.fork()\nif not pid:\n    os.setsid()\n    time.sleep(1000)\n"
    lines += "pathlib.Path('pid').write_text(str(pid))\n"
    make_project(tmp_path, {"page.qmd": f"```{{python}}\n{lines}```\n"})
    try:
        assert render_site(tmp_path, options=Options(timeout=100))
    finally:
        os.kill(int((tmp_path / "pid").read_text()), signal.SIGKILL)


@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_an_interrupted_build_exits_with_its_signal_and_leaves_no_process(
    tmp_path: Path, number: signal.Signals, status: int
) -> None:
    begun = tmp_path / "begun"
    page = f"```{{python}}\nimport time\nopen({str(begun)!r}, 'w').close()\ntime.sleep(1000)\n```\n"
    root = make_project(tmp_path / "small", {"page.qmd": page, "other.qmd": page})
    program = Program(BUILD, root, tmp_path / "log")
    try:
        program.wait_for_file(begun)
        assert program.end(number, group=True) == status
        assert "failed" not in program.output
        assert_none_left(program.mark)
    finally:
        program.kill_all()


@forking
def test_a_cell_may_use_multiprocessing_as_in_a_notebook(tmp_path: Path) -> None:
    lines = "import multiprocessing\ndef double(x): return 2 * x\n"
    lines += "with multiprocessing.get_context('fork').Pool(2) as pool:\n"
    default = "multiprocessing.get_start_method()"
    make_project(
        tmp_path, {"page.qmd": f"```{{python}}\n{lines}    print(pool.map(double, [1, 21]), {default})\n```\n"}
    )
    assert render_site(tmp_path)
    assert f"[2, 42] {multiprocessing.get_start_method()}" in (tmp_path / "_site/page.html").read_text()


def test_a_module_of_the_project_does_not_shadow_one_that_workers_need(tmp_path: Path) -> None:
    page = "```{python}\nprint('ran', 'here')\n```\n"
    root = make_project(tmp_path, {"signal.py": "raise ValueError\n", "page.qmd": page})
    starter = "import sys; sys.path.pop(0); from octavo.cli import run; run('build', '--renderer', 'embedded')"
    done = subprocess.run([sys.executable, "-c", starter], cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "ran here" in (root / "_site/page.html").read_text()


def test_a_build_works_without_standard_input(tmp_path: Path) -> None:
    root = make_project(tmp_path, {"page.qmd": "```{python}\nprint('ran', 'here')\n```\n"})
    command = ["sh", "-c", 'exec "$@" <&-', "sh", *BUILD]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "ran here" in (root / "_site/page.html").read_text()


def test_cells_run_with_the_garbage_collector_on(tmp_path: Path) -> None:
    make_project(tmp_path, {"page.qmd": "```{python}\nimport gc\nprint('collector', gc.isenabled())\n```\n"})
    render_site(tmp_path)
    assert "collector True" in (tmp_path / "_site/page.html").read_text()
