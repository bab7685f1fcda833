"""Hooks: the scripts before and after the pages, told what Quarto tells them, and able to stop the build."""

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

TELL = """\
import json, os, sys
from pathlib import Path
told = {name: value for name, value in os.environ.items() if name.startswith("QUARTO_PROJECT_")}
told |= {"folder": os.getcwd(), "arguments": sys.argv, "module path": sys.path[0]}
Path(sys.argv[1]).write_text(json.dumps(told))
"""


def make_hooked(root: Path, stage: str, script: str, files: dict[str, str] | None = None) -> Path:
    """Make a project with one script at that stage."""
    return make_project(root, {"scripts/hook.py": script, **(files or {})}, f"{stage}: scripts/hook.py")


def test_the_first_script_runs_before_the_pages_are_listed_and_read(tmp_path: Path) -> None:
    script = """
import time
from pathlib import Path
time.sleep(2)  # longer than what goes on beside it
Path("made.qmd").write_text("Made by the script.")
Path("index.qmd").write_text("Written anew.")
Path("leaving.qmd").unlink()
"""
    make_hooked(tmp_path, "pre-render", script, {"leaving.qmd": "Leaving.\n"})
    render_site(tmp_path)
    assert sorted(hash_tree(tmp_path / "_site")) == ["index.html", "made.html"]
    assert "Made by the script." in (tmp_path / "_site/made.html").read_text()
    assert "Written anew." in (tmp_path / "_site/index.html").read_text()


@pytest.mark.parametrize("script", ["scripts/gone.py", "scripts/gone.sh"])
def test_a_script_that_is_not_there_is_named(tmp_path: Path, script: str) -> None:
    root = make_project(tmp_path, project=f"pre-render: {script}")
    with pytest.raises(OctavoError, match=rf"(?i)the script `{script}` can't be started: .*no such file"):
        render_site(root)


def test_the_first_script_may_make_all_the_pages(tmp_path: Path) -> None:
    make_hooked(tmp_path, "pre-render", "import pathlib\npathlib.Path('only.qmd').write_text('Only.')\n")
    (tmp_path / "index.qmd").unlink()
    render_site(tmp_path)
    assert sorted(hash_tree(tmp_path / "_site")) == ["only.html"]


def test_after_a_script_wrote_into_the_project_the_site_counts_as_up_to_date_only_when_it_is(tmp_path: Path) -> None:
    script = "import pathlib\nmade = pathlib.Path('made.qmd')\nmade.exists() or made.write_text('Made.')\n"
    make_hooked(tmp_path, "pre-render", script)
    assert render_site(tmp_path)
    assert render_site(tmp_path), "what the script wrote might not have been in the first site"
    assert not render_site(tmp_path)


@pytest.mark.parametrize("stage", ["pre-render", "post-render"])
def test_a_script_is_told_what_quarto_tells_it(tmp_path: Path, stage: str) -> None:
    root = make_project(
        tmp_path / "small",
        {"scripts/hook.py": TELL, "sub/page.qmd": "Page\n", "_environment": "OWN_WORD=told\n"},
        f"{stage}: scripts/hook.py {tmp_path}/told.json",
    )
    render_site(root)
    told = json.loads((tmp_path / "told.json").read_text())
    assert told["QUARTO_PROJECT_ROOT"] == told["QUARTO_PROJECT_DIR"] == str(root)
    assert told["folder"] == str(root)
    assert told["arguments"] == ["scripts/hook.py", f"{tmp_path}/told.json"]
    assert told["module path"] == str(root / "scripts")
    assert told["QUARTO_PROJECT_RENDER_ALL"] == "1"
    assert sorted(told["QUARTO_PROJECT_INPUT_FILES"].splitlines()) == ["index.qmd", "sub/page.qmd"]
    output = Path(told["QUARTO_PROJECT_OUTPUT_DIR"])
    assert output.parent == root
    written = [root / name for name in told["QUARTO_PROJECT_OUTPUT_FILES"].splitlines()]
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
def test_a_script_that_fails_stops_the_build_and_the_old_site_stands(
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
    told = capfd.readouterr().err
    assert ("in words" in told) == ("in words" in end)
    assert ("ZeroDivisionError" in told) == ("1 / 0" in end)


@pytest.mark.parametrize("end", ["sys.exit()", "sys.exit(0)", "sys.exit(None)"])
def test_a_script_that_exits_well_does_not_stop_the_build(tmp_path: Path, end: str) -> None:
    make_hooked(tmp_path, "pre-render", f"import sys\n{end}\n")
    assert render_site(tmp_path)
    assert (tmp_path / "_site/index.html").is_file()


def test_after_a_script_failed_those_behind_it_are_not_run(tmp_path: Path) -> None:
    files = {f"scripts/{name}.py": f"import pathlib\npathlib.Path('{name}.txt').touch()\n" for name in ("one", "three")}
    files["scripts/two.py"] = "raise SystemExit(1)\n"
    make_project(tmp_path, files, "pre-render: [scripts/one.py, scripts/two.py, scripts/three.py]")
    with pytest.raises(OctavoError, match=r"`scripts/two\.py` failed"):
        render_site(tmp_path)
    assert sorted(path.name for path in tmp_path.glob("*.txt")) == ["one.txt"]


def test_the_last_script_may_add_to_the_site_and_change_what_is_there(tmp_path: Path) -> None:
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
    assert not render_site(tmp_path), "what the script added counts as the site's own"


def test_a_script_may_be_any_program(tmp_path: Path) -> None:
    make_project(tmp_path, project="pre-render: touch touched.txt")
    render_site(tmp_path)
    assert (tmp_path / "touched.txt").is_file()


def test_a_program_that_is_not_there_stops_the_build(tmp_path: Path) -> None:
    make_project(tmp_path, project="pre-render: no-such-program-anywhere")
    with pytest.raises(OctavoError, match="the script `no-such-program-anywhere` can't be started: No such file"):
        render_site(tmp_path)
    assert not (tmp_path / "_site").exists()


def test_scripts_and_pages_run_in_processes_apart(tmp_path: Path) -> None:
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
    (tmp_path / "scripts/hook.py").write_text("'mended'\n")
    assert render_site(tmp_path)
    assert not (tmp_path / "_site.new").exists()


def test_what_a_script_changes_of_its_process_is_put_back(tmp_path: Path) -> None:
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
def test_what_a_script_leaves_running_keeps_no_build_waiting(tmp_path: Path) -> None:
    script = "import os, pathlib, time\npid = os.fork()\nif not pid:\n    time.sleep(1000)\n"
    script += "pathlib.Path('pid').write_text(str(pid))\n"
    make_hooked(tmp_path, "post-render", script)
    assert render_site(tmp_path)
    # It is still there, so nobody has waited for it.
    os.kill(int((tmp_path / "pid").read_text()), signal.SIGKILL)
