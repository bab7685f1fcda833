"""Emmy Noether's site, with a local server for its sources."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any

import pytest

from octavo.cli.watch import main
from tests.importing.conftest import replay as replay
from tests.importing.replay import Replay, Reply, make_csl

PROFILE = """\
name: Emmy Noether
orcid: 0000-0002-1825-0097
"""
ROWS = """\
- id: vtc
  title: "VTC: DNN Compilation with Virtual Tensors"
  authors: [Muyan Hu, Emmy Noether]
  date: 2026-07-07
  type: paper-conference
  container_title: Proc. of OSDI
  publisher: USENIX
  doi: 10.1145/1.2

- id: lynx
  title: "Lynx: Efficient MoE Inference"
  authors: [Emmy Noether]
  date: 2024
  type: article-journal
"""
Run = Callable[..., tuple[int, str]]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    folder.mkdir()
    (tmp_path / "_quarto.yml").write_text("website: {title: Emmy Noether, site-url: https://noether.example}\n")
    (folder / "profile.yml").write_text(PROFILE)
    (folder / "publications.yml").write_text(ROWS)
    return folder


@pytest.fixture
def sources(replay: Replay) -> Replay:
    """Sources that agree with the tables and have nothing else."""
    replay.reply("/doi/10.1145/1.2", Reply(make_csl(**{"is-referenced-by-count": 5})))
    replay.reply("/orcid/0000-0002-1825-0097/works", Reply({"group": []}))
    work = {"id": "https://openalex.org/W1", "cited_by_count": 7, "open_access": {"oa_url": None}}
    replay.reply("/openalex/works/doi:10.1145/1.2", Reply(work))
    paper = {"paperId": "f0", "url": "https://s2.example/f0", "citationCount": 9, "openAccessPdf": None}
    replay.reply("/semanticscholar/paper/DOI:10.1145/1.2", Reply(paper))
    return replay


@pytest.fixture
def run(data: Path) -> Run:
    """Run the command; returns its exit status and output."""

    def run_command(*options: str) -> tuple[int, str]:
        out = io.TextIOWrapper(io.BytesIO(), "utf-8")
        with redirect_stdout(out), redirect_stderr(io.StringIO()):
            status = main(["--data", str(data), *options])
        return status, out.buffer.getvalue().decode()  # type: ignore[attr-defined]

    return run_command


@pytest.fixture
def forget(data: Path) -> Callable[[], None]:
    """Delete the stored answers, as if a week had passed."""

    def remove_answers() -> None:
        for file in (data.parent / ".cache").rglob("*.json"):
            file.unlink()

    return remove_answers


def load_json(text: str) -> dict[str, Any]:
    report: dict[str, Any] = json.loads(text)
    return report
