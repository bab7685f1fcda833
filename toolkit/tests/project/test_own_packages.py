"""The packages that an owner's pages import are installed beside the pinned ones without changing their versions."""

from __future__ import annotations

import base64
import hashlib
import shutil
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

from octavo.starter.engine import SITE
from tests.sites import ROOT
from tests.watching.steps import read_step

pytestmark = pytest.mark.campaign

INSTALLERS = {
    "Makefile": (["make", "-f", str(SITE / "Makefile"), ".venv/.requirements"], True),
    "Makefile of this repository": (["make", "-f", str(ROOT / "Makefile"), ".venv/.requirements"], True),
    "publish.sh": (["bash", "scripts/publish.sh"], True),
    # The watch runs even if the site can't be built.
    "watch.yml": (read_step("look"), False),
}
# A fake Python: it really installs packages, from a folder of wheels; everything else just succeeds.
PYTHON = """#!/bin/sh
case "$*" in
  *"-m pip install "*"-r requirements"*)
    case "$*" in *requirements-quarto*) exit 0 ;; esac
    exec "{python}" "$@" --target "{folder}/installed" --upgrade --no-index --find-links "{folder}/wheels" ;;
esac
"""


def write_wheel(folder: Path, name: str, version: str, *needs: str, summary: str = "") -> str:
    """A wheel of a package without any module; returns its SHA-256."""
    info = f"{name}-{version}.dist-info"
    requirements = "".join(f"Requires-Dist: {need}\n" for need in needs)
    files = {
        f"{info}/METADATA": (
            f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\nSummary: {summary}\n{requirements}"
        ),
        f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: tests\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    digests = {path: base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()) for path, text in files.items()}
    record = "".join(f"{path},sha256={digest.decode().rstrip('=')},\n" for path, digest in digests.items())
    wheel = folder / f"{name}-{version}-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        for path, text in {**files, f"{info}/RECORD": f"{record}{info}/RECORD,,\n"}.items():
            archive.writestr(path, text)
    return hashlib.sha256(wheel.read_bytes()).hexdigest()


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A site that pins `pinned` at 1.0, although 2.0 exists, with the programs that its scripts call."""
    (tmp_path / "wheels").mkdir()
    digest = write_wheel(tmp_path / "wheels", "pinned", "1.0")
    write_wheel(tmp_path / "wheels", "pinned", "2.0")
    write_wheel(tmp_path / "wheels", "content", "1.0", "pinned")
    write_wheel(tmp_path / "wheels", "demanding", "1.0", "pinned>=2")
    (tmp_path / "requirements.txt").write_text(f"pinned==1.0 \\\n    --hash=sha256:{digest}\n")
    for path in (".venv/bin/python", "bin/python", "bin/quarto", "bin/octavo"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(PYTHON.format(python=sys.executable, folder=tmp_path))
        (tmp_path / path).chmod(0o755)
    (tmp_path / "toolkit").mkdir()
    (tmp_path / "toolkit/pyproject.toml").touch()
    (tmp_path / "requirements-quarto.txt").touch()
    (tmp_path / "scripts").symlink_to(SITE / "scripts")
    return tmp_path


def install(project: Path, installer: str, package: str) -> subprocess.CompletedProcess[str]:
    (project / "requirements-pages.txt").write_text(f"{package}\n")
    command, _ = INSTALLERS[installer]
    path = f"{project / 'bin'}:/usr/bin:/bin"
    return subprocess.run(command, cwd=project, env={"PATH": path}, capture_output=True, text=True, check=False)


def list_installed(project: Path) -> set[str]:
    return {info.name.removesuffix(".dist-info") for info in project.glob("installed/*.dist-info")}


@pytest.mark.parametrize("installer", INSTALLERS)
def test_a_package_gets_the_pinned_version_of_what_it_needs(project: Path, installer: str) -> None:
    done = install(project, installer, "content")
    assert done.returncode == 0, done.stderr
    assert list_installed(project) == {"content-1.0", "pinned-1.0"}


@pytest.mark.parametrize("installer", INSTALLERS)
def test_a_package_that_needs_another_version_than_the_pinned_one_is_refused_with_its_line(
    project: Path, installer: str
) -> None:
    done = install(project, installer, "demanding")
    assert (done.returncode != 0) == INSTALLERS[installer][1]
    assert "-r requirements-pages.txt (line 1) because these package versions have conflicting" in done.stderr
    assert list_installed(project) <= {"pinned-1.0"}


def test_another_wheel_of_the_same_version_is_installed(tmp_path: Path) -> None:
    """A site upgrades from a clone, whose version number changes only with a release."""
    shutil.copy(SITE / "Makefile", tmp_path)
    (tmp_path / "vendor").mkdir()
    venv.create(tmp_path / ".venv", with_pip=True)
    for summary in ("old", "new"):
        digest = write_wheel(tmp_path / "vendor", "octavo", "1.1.0", summary=summary)
        line = f"./vendor/octavo-1.1.0-py3-none-any.whl --hash=sha256:{digest}\n"
        (tmp_path / "requirements.txt").write_text(line)
        (tmp_path / ".venv/.requirements").unlink(missing_ok=True)
        subprocess.run(["make", ".venv/.requirements"], cwd=tmp_path, check=True)
        (metadata,) = tmp_path.glob(".venv/lib/python*/site-packages/octavo-1.1.0.dist-info/METADATA")
        assert f"Summary: {summary}" in metadata.read_text()
