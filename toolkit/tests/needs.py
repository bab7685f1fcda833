"""Requirements of some tests that not every machine meets: a browser, Quarto, a validator.

A test that lacks one is skipped with a line that says how to get it. `OCTAVO_REQUIRE=browser,quarto` turns the skips
for these into failures.
"""

from __future__ import annotations

import os
import shutil
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from octavo.installed import list_font_folders
from octavo.processes import START_METHOD


def is_required(name: str) -> bool:
    """Whether `OCTAVO_REQUIRE` names this requirement."""
    return name in os.environ.get("OCTAVO_REQUIRE", "").split(",")


def need(name: str, found: object, how: str) -> None:
    """Go on if the requirement is met; otherwise skip the test, or fail it if `OCTAVO_REQUIRE` names it."""
    if found:
        return
    message = f"{name} is missing: {how}"
    if is_required(name):
        pytest.fail(f"{message} (OCTAVO_REQUIRE asks for it)")
    pytest.skip(message)


# As a mark, it also works for single parameters; if forking is required, the test runs, and fails.
forking = pytest.mark.skipif(
    not (START_METHOD == "forkserver" or is_required("fork")),
    reason="fork is missing: processes can't be forked safely here",
)


def need_linux(why: str) -> None:
    """Require Linux, whose system calls and files the test uses."""
    need("linux", sys.platform == "linux", why)


def need_quarto() -> str:
    """The path of the `quarto` on PATH."""
    path = shutil.which("quarto")
    need("quarto", path, "install Quarto 1.7 or newer, https://quarto.org/docs/get-started/")
    return str(path)


def need_font() -> Path:
    """The file of a common font."""
    folders = [Path(line.rpartition(" ")[0]) for line in list_font_folders()]
    fonts = [font for folder in folders for font in folder.glob("DejaVuSans.ttf")]
    need("DejaVu Sans", fonts, "install the package fonts-dejavu-core")
    return fonts[0]


def need_module(name: str) -> None:
    """A Python module that the site itself doesn't need."""
    need(name, find_spec(name), f"pip install {name}")
