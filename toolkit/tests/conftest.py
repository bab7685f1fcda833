"""Shared by all tests."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from octavo import processes
from octavo.cli.build import PRELOADED
from octavo.processes import count_processors, preload
from tests.building import _wheel_built_once, build, built

__all__ = ["_wheel_built_once", "build", "built"]

# Imported modules and collected tests stay. Searching them for garbage again and again takes a tenth of all time.
gc.disable()

# No deadline for an example: on a busy machine, it would say nothing about the code.
# The same examples each time, so that a failure comes from a change; `--hypothesis-profile thorough` is for finding
# unknown faults.
settings.register_profile("default", deadline=None, derandomize=True)
settings.register_profile("thorough", deadline=None, max_examples=5000)
settings.load_profile("default")

# These slow tests start first, so that none of them runs alone at the end.
SLOWEST = (
    "faults/test_builds.py",
    "faults/test_preview.py",
    "cli/test_new.py",
    "browser/test_pages.py",
    "preview/test_command.py",
    "preview/test_builder.py",
    "preview/test_in_browser.py",
    "browser/test_explorer.py",
    "browser/test_behaviour.py",
    "browser/test_frame.py",
    "browser/test_search.py",
    "renderer/test_execution.py",
    "tests/test_sites.py",
)

EXPECTED = Path(__file__).parent / "expected"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-expected", action="store_true", help="write the files under tests/expected anew")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    ranks = {name: rank for rank, name in enumerate(SLOWEST)}
    items.sort(key=lambda item: ranks.get("/".join(item.path.parts[-2:]), len(ranks)))


def pytest_collection_finish() -> None:
    gc.freeze()
    gc.enable()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """Two more than processors: tests wait for programs, browsers, and disks, but every process collects them all."""
    return 2 + count_processors()


@pytest.fixture(scope="session", autouse=True)
def _preloaded() -> Iterator[None]:
    """Preload what pages import into the fork server, which stays for all tests of a process."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(processes, "preload", lambda modules: preload([*modules, *PRELOADED]))
        yield


@pytest.fixture
def check_expected(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compare text with the file of this name under `tests/expected`, or write that with `--update-expected`."""

    def check(name: str, text: str) -> None:
        file = EXPECTED / name
        if request.config.getoption("--update-expected"):
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        assert file.exists(), f"there is no {file.name} yet: pytest --update-expected writes it"
        assert text == file.read_text(encoding="utf-8")

    return check
