"""Quarto's hooks in a site: they find a Python that has Octavo, or say what to do."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.needs import need_quarto
from tests.processes import PATIENCE
from tests.sites import ROOT, lay_out

# A fake Python that finds modules as usual, except installed ones.
BARE = (sys.executable, "-I", "-S")
TELL = '#!/bin/sh\necho "$PWD: $*"\n'


def run_hook(folder: Path, *python: str) -> subprocess.CompletedProcess[str]:
    shutil.copytree(ROOT / "scripts", folder / "scripts", dirs_exist_ok=True)
    # As Quarto does, except for -I: the script's folder is on the path.
    code = (
        "import runpy, sys; del sys.argv[0]; sys.path[:0] = ['scripts']; runpy.run_path(*sys.argv, run_name='__main__')"
    )
    return subprocess.run(
        [*python, "-c", code, "scripts/pre_render.py"],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )


def write_python(folder: Path, text: str = TELL) -> None:
    file = folder / ".venv/bin/python"
    file.parent.mkdir(parents=True)
    file.write_text(text)
    file.chmod(0o755)


@pytest.mark.parametrize("above", [".", ".."])
def test_if_python_lacks_octavo_the_nearest_venv_takes_over(tmp_path: Path, above: str) -> None:
    site = tmp_path / "sites/site"
    site.mkdir(parents=True)
    write_python((site / above).resolve())
    done = run_hook(site, *BARE)
    assert done.stdout == f"{site}: scripts/pre_render.py\n"
    assert "`quarto preview` ends once after that: start it again" in done.stderr
    assert run_hook(site, *BARE).stderr == ""
    python = (site / above).resolve() / ".venv/bin/python"
    assert (site / "_environment.local").read_text() == f"QUARTO_PYTHON='{python}'\n"


def test_other_settings_of_the_owner_stay(tmp_path: Path) -> None:
    write_python(tmp_path)
    (tmp_path / "_environment.local").write_text("# mine\nQUARTO_PYTHON=/gone/python\nKEY=secret")
    assert run_hook(tmp_path, *BARE).returncode == 0
    expected = f"# mine\nKEY=secret\nQUARTO_PYTHON='{tmp_path}/.venv/bin/python'\n"
    assert (tmp_path / "_environment.local").read_text() == expected


def test_without_a_venv_one_sentence_says_what_to_do(tmp_path: Path) -> None:
    done = run_hook(tmp_path, *BARE)
    assert done.returncode == 1
    assert done.stderr.endswith(": run `make site` once, or activate the environment that has it\n")
    assert done.stderr.count("\n") == 1


def test_a_venv_without_octavo_does_not_start_itself_forever(tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", tmp_path / ".venv"], check=True, timeout=PATIENCE)
    done = run_hook(tmp_path, str(tmp_path / ".venv/bin/python"), "-I")
    assert done.returncode == 1
    assert "has no Octavo" in done.stderr


@pytest.mark.quarto
def test_quarto_renders_from_a_subfolder_without_an_activated_environment(tmp_path: Path) -> None:
    quarto = need_quarto()
    site = lay_out("noether", tmp_path / "site")
    (site / ".venv").symlink_to(sys.prefix)
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", tmp_path / "bare"], check=True, timeout=PATIENCE)
    path = os.pathsep.join([str(tmp_path / "bare/bin"), str(Path(quarto).parent), "/usr/bin", "/bin"])
    done = subprocess.run(
        [quarto, "render", "../news.qmd"],
        cwd=site / "projects",
        env={"PATH": path, "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Hauptsatz" in (site / "_site/news.html").read_text()
