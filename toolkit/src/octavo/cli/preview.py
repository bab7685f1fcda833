"""Show the site while you edit it: each change is built and shown at once, errors included."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

from octavo.cli.commands import add_timeout, make_parser, reports_errors
from octavo.console import say
from octavo.preview.preview import run_preview
from octavo.renderer import CELL_SECONDS


@reports_errors()
def main(argv: Sequence[str] | None = None) -> int:
    """Serve the site until interrupted; 1 if it can't be served."""
    parser = make_parser("preview", __doc__, "--port 5000")
    parser.add_argument(
        "--port", type=int, metavar="N", help="the port to serve it at (default: the first free one from 4848)"
    )
    add_timeout(parser, CELL_SECONDS)
    arguments = parser.parse_args(argv)
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    build = ["build", "--renderer", "embedded", "--timeout", str(arguments.timeout)]
    command = [sys.executable, "-m", "octavo.cli", *build]
    run_preview(Path.cwd(), arguments.port, command, say, stop)
    return 0
