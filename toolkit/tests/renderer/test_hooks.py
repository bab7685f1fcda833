"""Hooks: the scripts before and after rendering get the same environment as from Quarto, and can stop the build."""

from __future__ import annotations

import json
import os
import signal
import sys
from pathlib import Path

import pytest

from octavo.errors import OctavoError
from octavo.renderer import render_site
from tests.building import run_octavo
from tests.needs import forking
from tests.renderer.projects import hash_tree, make_project

RECORD = """\
import json, os, sys
from pathlib import Path
seen = {name: value for name, value in os.environ.items() if name.startswith("QUARTO_PROJECT_")}
seen |= {"folder": os.getcwd(), "arguments": sys.argv, "module path": sys.path[0]}
Path(sys.argv[1]).write_text(json.dumps(seen))
"""


def make_hooked(root: Path, stage: str, script: str, files: dict[str, str] | None = None) -> Path:
    """Make a project with one script at this stage."""
    return make_project(root, {"scripts/hook.py": script, **(files or {})}, f"{stage}: scripts/hook.py")


def test_pre_render_runs_before_pages_are_listed_and_read(tmp_path: Path) -> None:
    script = """
import time
from pathlib import Path
time.sleep(2)  # longer than anything that runs in parallel
Path("made.qmd").write_text("Made by the script.")
Path("index.qmd").write_text("Rewritten.")
Path("leaving.qmd").unlink()
"""
    make_hooked(tmp_path, "pre-render", script, {"leaving.qmd": "Leaving.\n"})
    render_site(tmp_path)
    assert sorted(hash_tree(tmp_path / "_site")) == ["index.html", "made.html"]
    assert "Made by the script." in (tmp_path / "_site/made.html").read_text()
    assert "Rewritten." in (tmp_path / "_site/index.html").read_text()


@pytest.mark.parametrize("script", ["scripts/gone.py", "scripts/gone.sh"])
def test_a_missing_script_is_named(tmp_path: Path, script: str) -> None:
    root = make_project(tmp_path, project=f"pre-render: {script}")
    with pytest.raises(OctavoError, match=rf"(?i)the script `{script}` can't be started: .*no such file"):
        render_site(root)


def test_pre_render_may_write_all_the_pages(tmp_path: Path) -> None:
    make_hooked(tmp_path, "pre-render", "import pathlib\npathlib.Path('only.qmd').write_text('Only.')\n")
    (tmp_path / "index.qmd").unlink()
    render_site(tmp_path)
    assert sorted(hash_tree(tmp_path / "_site")) == ["only.html"]


def test_a_site_is_not_up_to_date_after_a_script_wrote_into_the_project(tmp_path: Path) -> None:
    script = "import pathlib\nmade = pathlib.Path('made.qmd')\nmade.exists() or made.write_text('Made.')\n"
    make_hooked(tmp_path, "pre-render", script)
    assert render_site(tmp_path)
    assert render_site(tmp_path), "the first site may lack what the script wrote"
    assert not render_site(tmp_path)


@pytest.mark.parametrize("stage", ["pre-render", "post-render"])
def test_a_script_gets_the_environment_that_quarto_sets(tmp_path: Path, stage: str) -> None:
    root = make_project(
        tmp_path / "small",
        {"scripts/hook.py": RECORD, "sub/page.qmd": "Page\n", "_environment": "OWN_WORD=told\n"},
        f"{stage}: scripts/hook.py {tmp_path}/seen.json",
    )
    render_site(root)
    seen = json.loads((tmp_path / "seen.json").read_text())
    assert seen["QUARTO_PROJECT_ROOT"] == seen["QUARTO_PROJECT_DIR"] == str(root)
    assert seen["folder"] == str(root)
    assert seen["arguments"] == ["scripts/hook.py", f"{tmp_path}/seen.json"]
    assert seen["module path"] == str(root / "scripts")
    assert seen["QUARTO_PROJECT_RENDER_ALL"] == "1"
    assert sorted(seen["QUARTO_PROJECT_INPUT_FILES"].splitlines()) == ["index.qmd", "sub/page.qmd"]
    output = Path(seen["QUARTO_PROJECT_OUTPUT_DIR"])
    assert output.parent == root
    written = [root / name for name in seen["QUARTO_PROJECT_OUTPUT_FILES"].splitlines()]
    expected = [] if stage == "pre-render" else [output / "index.html", output / "sub/page.html"]
    assert sorted(written) == expected


def test_a_script_sees_the_projects_own_variables(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SET_WORD", "from outside")
    script = """
import os
from pathlib import Path
Path("said.txt").write_text(os.environ["OWN_WORD"] + ", " + os.environ["SET_WORD"])
"""
    make_hooked(tmp_path, "pre-render", script, {"_environment": "OWN_WORD=own\nSET_WORD=overridden\n"})
    render_site(tmp_path)
    assert (tmp_path / "said.txt").read_text() == "own, from outside"


@pytest.mark.parametrize("stage", ["pre-render", "post-render"])
@pytest.mark.parametrize("end", ["sys.exit(3)", "sys.exit('in words')", "1 / 0"])
def test_a_failing_script_stops_the_build_and_leaves_the_old_site(
    tmp_path: Path, stage: str, end: str, capfd: pytest.CaptureFixture[str]
) -> None:
    make_hooked(tmp_path, stage, "pass\n")
    render_site(tmp_path)
    old = hash_tree(tmp_path / "_site")
    (tmp_path / "index.qmd").write_text("Changed.\n")
    (tmp_path / "scripts/hook.py").write_text(f"import os, sys\n{end}\n")
    with pytest.raises(OctavoError, match=f"the {stage} script `scripts/hook.py` failed; the site is unchanged"):
        render_site(tmp_path)
    assert hash_tree(tmp_path / "_site") == old
    printed = capfd.readouterr().err
    assert ("in words" in printed) == ("in words" in end)
    assert ("ZeroDivisionError" in printed) == ("1 / 0" in end)


@pytest.mark.parametrize("end", ["sys.exit()", "sys.exit(0)", "sys.exit(None)"])
def test_a_script_that_exits_with_success_does_not_stop_the_build(tmp_path: Path, end: str) -> None:
    make_hooked(tmp_path, "pre-render", f"import sys\n{end}\n")
    assert render_site(tmp_path)
    assert (tmp_path / "_site/index.html").is_file()


def test_scripts_after_a_failed_one_do_not_run(tmp_path: Path) -> None:
    files = {f"scripts/{name}.py": f"import pathlib\npathlib.Path('{name}.txt').touch()\n" for name in ("one", "three")}
    files["scripts/two.py"] = "raise SystemExit(1)\n"
    make_project(tmp_path, files, "pre-render: [scripts/one.py, scripts/two.py, scripts/three.py]")
    with pytest.raises(OctavoError, match=r"`scripts/two\.py` failed"):
        render_site(tmp_path)
    assert sorted(path.name for path in tmp_path.glob("*.txt")) == ["one.txt"]


def test_post_render_may_add_and_change_files_of_the_site(tmp_path: Path) -> None:
    script = """
import os
from pathlib import Path
site = Path(os.environ["QUARTO_PROJECT_OUTPUT_DIR"])
for name in os.environ["QUARTO_PROJECT_OUTPUT_FILES"].splitlines():
    Path(name).write_text(Path(name).read_text() + "<!-- seen -->")
(site / "more").mkdir()
(site / "more/page.html").write_text("Added.")
"""
    make_hooked(tmp_path, "post-render", script)
    render_site(tmp_path)
    assert (tmp_path / "_site/more/page.html").read_text() == "Added."
    assert (tmp_path / "_site/index.html").read_text().endswith("<!-- seen -->")
    assert not render_site(tmp_path), "files that the script adds belong to the site"


def test_a_script_may_be_any_program(tmp_path: Path) -> None:
    make_project(tmp_path, project="pre-render: touch touched.txt")
    render_site(tmp_path)
    assert (tmp_path / "touched.txt").is_file()


def test_a_missing_program_stops_the_build(tmp_path: Path) -> None:
    make_project(tmp_path, project="pre-render: no-such-program-anywhere")
    with pytest.raises(OctavoError, match="the script `no-such-program-anywhere` can't be started: No such file"):
        render_site(tmp_path)
    assert not (tmp_path / "_site").exists()


def test_scripts_and_pages_run_in_separate_processes(tmp_path: Path) -> None:
    script = "import builtins\nbuiltins.leaked = True\n"
    page = "```{python}\n#| echo: false\nimport builtins\nprint(hasattr(builtins, 'leaked'))\n```\n"
    make_hooked(tmp_path, "pre-render", script, {"page.qmd": page})
    render_site(tmp_path)
    assert "False" in (tmp_path / "_site/page.html").read_text()


@pytest.mark.parametrize("end", ["os._exit(4)", "os.kill(os.getpid(), 9)"])
def test_a_script_that_ends_the_build_leaves_the_old_site(tmp_path: Path, end: str) -> None:
    make_hooked(tmp_path, "post-render", "pass\n")
    render_site(tmp_path)
    old = hash_tree(tmp_path / "_site")
    (tmp_path / "scripts/hook.py").write_text(f"import os\n{end}\n")
    assert run_octavo(tmp_path, "build", "--renderer", "embedded", apart=True).returncode
    assert hash_tree(tmp_path / "_site") == old
    (tmp_path / "scripts/hook.py").write_text("'fixed'\n")
    assert render_site(tmp_path)
    assert not (tmp_path / "_site.new").exists()


def test_a_script_cannot_change_the_state_of_the_build_process(tmp_path: Path) -> None:
    script = """
import os, sys
os.environ["LEAKED"] = "1"
os.chdir("/")
sys.path.insert(0, "/leaked")
sys.argv = ["changed"]
"""
    make_hooked(tmp_path, "pre-render", script)
    before = dict(os.environ), Path.cwd(), list(sys.path), list(sys.argv)
    render_site(tmp_path)
    assert (dict(os.environ), Path.cwd(), list(sys.path), list(sys.argv)) == before


@forking
def test_a_process_left_by_a_script_does_not_block_the_build(tmp_path: Path) -> None:
    script = "import os, pathlib, time\npid = os.fork()\nif not pid:\n    time.sleep(1000)\n"
    script += "pathlib.Path('pid').write_text(str(pid))\n"
    make_hooked(tmp_path, "post-render", script)
    assert render_site(tmp_path)
    # It still runs, so the build didn't wait for it.
    os.kill(int((tmp_path / "pid").read_text()), signal.SIGKILL)
