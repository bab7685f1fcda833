"""Workers: a page's cells run the same in a process that was forked and in one that was started anew."""

from __future__ import annotations

from pathlib import Path

import pytest

from homepage.errors import PageError
from homepage.renderer import helpers, hooks, render_site
from tests.needs import forking
from tests.processes import Program, assert_none_left
from tests.renderer.projects import hash_tree, make_project
from tests.sites import ROOT

FILES = {
    "scripts/hook.py": "import os\nopen(os.environ['QUARTO_PROJECT_OUTPUT_DIR'] + '/hook.txt', 'w').write('ran')\n",
    "_environment": "OWN_WORD=told\n",
    "first.qmd": "```{python}\nimport os\nword = os.environ['OWN_WORD']\nprint(word, os.getcwd())\n```\n",
    "second.qmd": "```{python}\n#| echo: false\nprint('word' in globals(), 'dish: tofu – 豆腐')\n```\n",
}


@pytest.fixture
def no_forking(monkeypatch: pytest.MonkeyPatch) -> None:
    """Processes can't be forked safely, as on macOS."""
    for module in (helpers, hooks):
        monkeypatch.setattr(module, "can_fork", lambda: False)


@pytest.mark.usefixtures("no_forking")
def test_where_processes_cannot_be_forked_the_site_is_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
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
def test_where_processes_cannot_be_forked_a_cell_that_ends_its_process_is_named(tmp_path: Path) -> None:
    make_project(tmp_path, {"page.qmd": "```{python}\nimport os\nos._exit(3)\n```\n"})
    with pytest.raises(PageError, match=r"cell 1 ended its process with status 3"):
        render_site(tmp_path)


@forking
def test_a_cell_that_kills_the_process_that_pages_are_forked_from_stops_the_build(tmp_path: Path) -> None:
    page = "```{python}\nimport os, time\nos.kill(os.getppid(), 9)\ntime.sleep(60)\n```\n"
    root = make_project(tmp_path / "small", {"page.qmd": page})
    program = Program([ROOT / "scripts/render.py", "--renderer", "embedded"], root, tmp_path / "log")
    try:
        assert program.wait() == 1
        assert "the pages' process failed; the site is as it was" in program.output
        assert "Traceback" not in program.output
        assert_none_left(program.mark)
    finally:
        program.kill_all()
    assert not (root / "_site").exists()
