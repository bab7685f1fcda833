"""Show the site while it is being edited: every change of a file is built and shown at once, mistakes included."""

from __future__ import annotations

import argparse
import signal
import sys
import threading
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # run from a checkout without installation

from octavo.errors import OctavoError
from octavo.preview.preview import run_preview
from octavo.renderer import CELL_SECONDS
from octavo.utf8 import insist_on_utf8

# What pages need, so that it is loaded once and not for every build, or not for every page.
MODULES = [
    "pandas",
    "yaml",
    "markdown_it",
    "markupsafe",
    "filelock",
    "IPython.core.interactiveshell",
    "octavo.tables.frames",
    "octavo.listings",
    "octavo.documents",
    "octavo.outputs",
]


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, metavar="N", help="where to serve it (default: the first free from 4848)")
    parser.add_argument(
        "--timeout", type=float, default=CELL_SECONDS, metavar="SECONDS", help="what a cell may take (%(default)g)"
    )
    arguments = parser.parse_args(argv)
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    try:
        run_preview(Path.cwd(), arguments.port, MODULES, lambda text: print(text, flush=True), stop, arguments.timeout)
    except OctavoError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    insist_on_utf8()
    sys.exit(main())
