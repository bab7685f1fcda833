"""Show the site while you edit it: each change is built and shown at once, errors included."""

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


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--port", type=int, metavar="N", help="the port to serve it at (default: the first free one from 4848)"
    )
    parser.add_argument(
        "--timeout",
        type=float,
        default=CELL_SECONDS,
        metavar="SECONDS",
        help="the time limit of a cell (default: %(default)g)",
    )
    arguments = parser.parse_args(argv)
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    render = Path(__file__).resolve().with_name("render.py")
    command = [sys.executable, str(render), "--renderer", "embedded", "--timeout", str(arguments.timeout)]
    try:
        run_preview(Path.cwd(), arguments.port, command, lambda text: print(text, flush=True), stop)
    except OctavoError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    insist_on_utf8()
    sys.exit(main())
