"""The worker: the process that runs one page's cells."""

from __future__ import annotations

import gc
import json
import os
import sys
from collections.abc import Mapping
from multiprocessing import parent_process, set_start_method
from pathlib import Path
from threading import Thread
from typing import Any, NamedTuple

from octavo.processes import end_group
from octavo.renderer.limits import limit_memory

Output = dict[str, Any]

# The displays of libraries, as under Quarto.
_LIBRARIES = {"MPLBACKEND": "module://matplotlib_inline.backend_inline", "PLOTLY_RENDERER": "notebook_connected"}


class CellResult(NamedTuple):
    """A cell's outputs; if it stops the page, what happened and in which line of the cell, counted from 0."""

    outputs: list[Output]
    failure: str = ""
    line: int = 0


def start_worker(folder: Path, environment: Mapping[str, str]) -> None:
    """Set this process up for a page whose cells run in the folder, with these environment variables."""
    if hasattr(os, "setsid"):
        os.setsid()  # so that processes that cells start can be ended with the page
    set_start_method(None, force=True)  # the system's default for cells, whose functions aren't in a file
    Thread(target=_end_with_build, daemon=True).start()
    os.environ.clear()
    os.environ.update(environment, **_LIBRARIES)
    # Neither a kernel nor this process shows what a cell's own child processes print.
    nowhere = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1):
        os.dup2(nowhere, number)
    os.chdir(folder)
    sys.path.insert(0, "")
    limit_memory()
    gc.freeze()  # the collector would touch, and so copy, what this process shares with the others
    gc.enable()


def _end_with_build() -> None:
    build = parent_process()
    if build:
        build.join()
        end_group(os.getpid())


def run_cell(source: str, may_fail: bool, is_inline: bool) -> CellResult:
    """Run the page's next cell or evaluate an expression; unless it may fail, an error is the result's `failure`."""
    # Imported here: the build process needs this function's name, but not IPython.
    from octavo.renderer.shell import take_shell

    shell = take_shell()
    result = shell.evaluate(source) if is_inline else shell.run(source, may_fail)
    # As in a notebook file: the build process couldn't unpickle objects of the page's own classes.
    return result._replace(outputs=json.loads(json.dumps(result.outputs, default=str)))
