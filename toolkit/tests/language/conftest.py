"""An empty project for tests of languages, outside Quarto."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder as the project, without Quarto's variables."""
    for name in ("QUARTO_DOCUMENT_FILE", "QUARTO_DOCUMENT_PATH", "QUARTO_PROJECT_ROOT"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path
