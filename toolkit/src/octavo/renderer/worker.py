"""The worker: the process that runs one page's cells and tells what comes out.

It is forked from the fork server, where that is safe, or started anew, with the same result, later.
"""

from __future__ import annotations

import gc
import json
import os
import struct
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from octavo.renderer.memory import limit_memory

# Standard input, output and error.
_STREAMS = 3
# Before each event, the number of its bytes.
LENGTH = struct.Struct("!Q")
# A long list is made of many, all of which are kept; the collector would look through them at every 700th.
_MANY_OBJECTS = 50_000


def run_page(cells: Sequence[Mapping[str, Any]], folder: Path, pipe: int) -> None:
    """Run the page's cells in this process; their events go into the pipe."""
    # What a cell's own child processes print comes with the cell's outputs neither in a terminal nor here.
    while pipe < _STREAMS:  # where they were closed, as without a terminal
        pipe = os.dup(pipe)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1):
        os.dup2(nowhere, number)
    os.chdir(folder)
    sys.path.insert(0, "")
    limit_memory()
    gc.set_threshold(_MANY_OBJECTS)
    from octavo.renderer.shell import run_cells

    def send(event: dict[str, Any]) -> None:
        data = json.dumps(event, ensure_ascii=False, default=str).encode("utf-8", "surrogatepass")
        view = memoryview(LENGTH.pack(len(data)) + data)
        while view:
            view = view[os.write(pipe, view) :]

    run_cells(cells, send)


if __name__ == "__main__":
    _pipe = os.dup(1)
    _cells, _folder = json.loads(sys.stdin.buffer.read())
    run_page(_cells, Path(_folder), _pipe)
