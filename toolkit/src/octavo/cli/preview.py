"""Show the site while it is being edited: every change of a file is built and shown at once, mistakes included."""

from __future__ import annotations

import signal
import sys
import threading
from pathlib import Path

from octavo.cli.parser import make_parser
from octavo.console import say
from octavo.errors import OctavoError
from octavo.preview.preview import run_preview
from octavo.renderer import CELL_SECONDS

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
    parser = make_parser("preview", __doc__, "--port 5000")
    parser.add_argument("--port", type=int, metavar="N", help="where to serve it (default: the first free from 4848)")
    parser.add_argument(
        "--timeout", type=float, default=CELL_SECONDS, metavar="SECONDS", help="what a cell may take (%(default)g)"
    )
    arguments = parser.parse_args(argv)
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    try:
        run_preview(Path.cwd(), arguments.port, MODULES, say, stop, arguments.timeout)
    except OctavoError as error:
        say(error, file=sys.stderr)
        return 1
    return 0
