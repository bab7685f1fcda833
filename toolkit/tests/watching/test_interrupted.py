"""Interruptions: `octavo watch --write` leaves each table old or new if it is killed or the disk is full."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from octavo.cli.watch import PROPOSED
from tests.importing.replay import Replay, Reply, make_csl
from tests.killing import FULL, try_every_point
from tests.watching.conftest import Run

NOTICE = {"type": "retraction", "DOI": "10.1145/notice", "updated": {"date-parts": [[2026, 10, 1]]}}
TABLES = ("publications.yml", "citations.yml")


def read_tables(data: Path) -> list[bytes | None]:
    return [(data / name).read_bytes() if (data / name).exists() else None for name in TABLES]


@pytest.mark.campaign
@pytest.mark.parametrize("fills", [False, True], ids=["killed", "full"])
def test_each_table_is_the_old_or_the_new_one(run: Run, sources: Replay, data: Path, *, fills: bool) -> None:
    sources.reply("/doi/10.1145/1.2", Reply(make_csl(**{"updated-by": [NOTICE]})))
    kept = Path(shutil.copytree(data, data.with_name("kept")))
    before = read_tables(data)
    assert run("--citations", "--write")[0] == PROPOSED
    after = read_tables(data)
    assert all(old != new for old, new in zip(before, after, strict=True))

    def restore() -> None:
        shutil.rmtree(data)
        shutil.copytree(kept, data)

    def watch() -> int:
        status = run("--citations", "--write")[0]
        return {PROPOSED: 0, 1: FULL}.get(status, status)

    def look() -> None:
        for found, old, new in zip(read_tables(data), before, after, strict=True):
            assert found in (old, new)

    assert try_every_point(restore, watch, look, fills=fills) > 5
    assert read_tables(data) == after
