from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from octavo.importing.sources.catalogue import SOURCES
from tests.importing.replay import Replay, serve_replies


@pytest.fixture
def replay(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Replay]:
    """Replace every source by a local server."""
    monkeypatch.setenv("OCTAVO_HTTP_PAUSE", "0")
    monkeypatch.setenv("OCTAVO_HTTP_TIMEOUT", "5")
    with serve_replies() as server:
        for name in SOURCES:
            monkeypatch.setenv(f"OCTAVO_{name.upper()}_URL", f"{server.base}/{name}")
            monkeypatch.delenv(f"OCTAVO_{name.upper()}_KEY", raising=False)
        monkeypatch.setenv("XDG_CONFIG_HOME", f"{tmp_path}/no-config")
        yield server
