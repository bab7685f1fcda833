"""The status of a preview."""

from __future__ import annotations

import threading

from octavo.preview.status import Status


def test_a_new_site_is_another_version() -> None:
    status = Status()
    before = status.state.version
    status.set_built("/~emmy/", renewed=True)
    assert status.state.version != before
    assert status.state.base == "/~emmy/"


def test_the_same_site_is_no_other_version() -> None:
    status = Status()
    before = status.state.version
    status.set_built("/", renewed=False)
    assert status.state.version == before


def test_a_failure_and_its_mending_are_versions_even_if_nothing_is_built_anew() -> None:
    status = Status()
    versions = [status.state.version]
    status.set_failed("index.qmd:3: wrong")
    versions.append(status.state.version)
    assert status.state.failure == "index.qmd:3: wrong"
    status.set_built("/", renewed=False)
    versions.append(status.state.version)
    assert status.state.failure == ""
    assert len(set(versions)) == 3


def test_the_same_failure_again_is_no_other_version() -> None:
    status = Status()
    status.set_failed("wrong")
    before = status.state.version
    status.set_failed("wrong")
    assert status.state.version == before


def test_two_previews_never_have_a_version_in_common() -> None:
    assert Status().state.version != Status().state.version


def test_who_waits_gets_the_next_state_at_once() -> None:
    status = Status()
    version = status.state.version
    threading.Timer(0.05, lambda: status.set_failed("wrong")).start()
    state = status.wait(version, timeout=10)
    assert state is not None
    assert state.failure == "wrong"


def test_who_waits_for_nothing_is_let_go_in_time_and_at_the_end() -> None:
    status = Status()
    version = status.state.version
    assert status.wait(version, timeout=0.01) is None
    threading.Timer(0.05, status.close).start()
    assert status.wait(version, timeout=10) is None
    assert status.closed
