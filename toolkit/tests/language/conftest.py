"""A project of its own for tests of languages, outside of Quarto."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, which no variable of Quarto's overrides."""
    for name in ("QUARTO_DOCUMENT_FILE", "QUARTO_DOCUMENT_PATH", "QUARTO_PROJECT_ROOT"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path
