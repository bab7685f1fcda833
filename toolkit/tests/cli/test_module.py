"""`python -m octavo`."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from octavo import __version__


@pytest.mark.parametrize("module", ["octavo", "octavo.cli"])
def test_the_package_can_be_run_as_a_module(tmp_path: Path, module: str) -> None:
    done = subprocess.run([sys.executable, "-m", module, "--version"], cwd=tmp_path, capture_output=True, check=True)
    assert done.stdout == f"octavo {__version__}\n".encode()
