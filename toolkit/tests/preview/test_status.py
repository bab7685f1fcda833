"""The status of a preview."""

from __future__ import annotations

import threading

from octavo.preview.status import Status


def test_a_new_site_gets_a_new_version() -> None:
    status = Status()
    before = status.state.version
    status.set_built("/~emmy/", renewed=True)
    assert status.state.version != before
    assert status.state.base == "/~emmy/"


def test_an_unchanged_site_keeps_its_version() -> None:
    status = Status()
    before = status.state.version
    status.set_built("/", renewed=False)
    assert status.state.version == before


def test_a_failure_and_its_fix_get_new_versions_even_if_the_site_is_unchanged() -> None:
    status = Status()
    versions = [status.state.version]
    status.set_failed("index.qmd:3: wrong")
    versions.append(status.state.version)
    assert status.state.failure == "index.qmd:3: wrong"
    status.set_built("/", renewed=False)
    versions.append(status.state.version)
    assert status.state.failure == ""
    assert len(set(versions)) == 3


def test_the_same_failure_again_keeps_its_version() -> None:
    status = Status()
    status.set_failed("wrong")
    before = status.state.version
    status.set_failed("wrong")
    assert status.state.version == before


def test_two_previews_never_share_a_version() -> None:
    assert Status().state.version != Status().state.version


def test_wait_returns_the_next_state_at_once() -> None:
    status = Status()
    version = status.state.version
    threading.Timer(0.05, lambda: status.set_failed("wrong")).start()
    state = status.wait(version, timeout=10)
    assert state is not None
    assert state.failure == "wrong"


def test_wait_returns_none_after_the_timeout_and_when_closed() -> None:
    status = Status()
    version = status.state.version
    assert status.wait(version, timeout=0.01) is None
    threading.Timer(0.05, status.close).start()
    assert status.wait(version, timeout=10) is None
    assert status.closed
