"""Whatever changes, and however a build is interrupted, the next one equals a clean build byte for byte.

`benchmarks/faults.py` repeats this hundreds of times.
"""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from tests.faults.changes import Subject, assert_same, edit_once, fill_once, kill_once
from tests.faults.disks import mount_disk
from tests.faults.edits import CHANGES, STATES


def make_random() -> Random:
    """A generator that always yields the same changes."""
    return Random(1918)  # noqa: S311 - nothing here is secret


@pytest.mark.campaign
def test_builds_after_random_edits_equal_clean_ones(tmp_path: Path) -> None:
    subject, random = Subject(tmp_path), make_random()
    for _ in range(2):
        edit_once(subject, random)


@pytest.mark.campaign
def test_builds_after_killed_ones_equal_clean_ones(tmp_path: Path) -> None:
    subject, random = Subject(tmp_path), make_random()
    for _ in range(2):
        kill_once(subject, random)


@pytest.mark.campaign
def test_builds_after_a_full_disk_equal_clean_ones(tmp_path: Path) -> None:
    with mount_disk(tmp_path / "disk") as disk:
        subject, random = Subject(tmp_path, disk), make_random()
        for _ in range(2):
            fill_once(subject, random, disk)


@pytest.mark.campaign
def test_the_states_of_every_change_differ(tmp_path: Path) -> None:
    subject = Subject(tmp_path)
    for change in CHANGES:
        first = subject.read(change.file)
        states = {change.make(first or b"", state) for state in range(1, STATES)}
        assert states - {first}, change


def test_a_stale_file_from_the_last_build_is_noticed(tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match=r"after \['page \(index.qmd\)'\]: \['index.html'\]"):
        assert_same({"index.html": "old", "a": "same"}, {"index.html": "new", "a": "same"}, ["page (index.qmd)"])
