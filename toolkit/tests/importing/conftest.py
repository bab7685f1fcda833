from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.importing.replay import Replay, serve_replies


@pytest.fixture
def replay(monkeypatch: pytest.MonkeyPatch) -> Iterator[Replay]:
    """A local server in place of every source."""
    monkeypatch.setenv("OCTAVO_HTTP_PAUSE", "0")
    monkeypatch.setenv("OCTAVO_HTTP_TIMEOUT", "5")
    with serve_replies() as server:
        for name in ("DOI", "ARXIV", "ORCID", "DBLP", "OPENALEX"):
            monkeypatch.setenv(f"OCTAVO_{name}_URL", f"{server.base}/{name.lower()}")
        yield server
