"""The fork server: the process that imports what pages need, and from which the process of each page is forked.

It has that and little more in its memory, of which a page's process has a copy.
"""

from __future__ import annotations

import gc
import os
import socket
import sys
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

from octavo.processes import fork, one_thread, start_process, wait_for
from octavo.renderer.hooks import serve_hooks
from octavo.renderer.messages import receive, send
from octavo.renderer.preparation import Preparation
from octavo.renderer.worker import run_page


def serve(scripts: socket.socket, pages: socket.socket, preparation: Preparation) -> None:
    """Answer the requests of `octavo.renderer.workers` that come through `pages`, until it is killed.

    Before, as soon as there is what the hooks need as well, their process is forked, which listens to `scripts` and
    ends with this one.
    """
    try:
        # What is imported stays: looking through it for garbage, now or later, would take a tenth of the time.
        gc.disable()
        preparation.both()
        start_process(partial(_serve_hooks, scripts, pages, preparation))
        scripts.close()
        _import_for_pages(preparation)
        gc.freeze()
        gc.enable()
        while request := receive(pages):
            _answer(request.content, request.pipes, pages, preparation)
    except Exception:
        sys.excepthook(*sys.exc_info())
        raise


def _serve_hooks(scripts: socket.socket, pages: socket.socket, preparation: Preparation) -> None:
    pages.close()
    serve_hooks(scripts, preparation)


def _import_for_pages(preparation: Preparation) -> None:
    with one_thread():
        from octavo.renderer.shell import prepare_shell

        prepare_shell()
        preparation.pages()


def _answer(request: dict[str, Any], pipes: list[int], pages: socket.socket, preparation: Preparation) -> None:
    match request:
        case {"load": _}:
            with suppress(Exception):  # what is wrong, who needs it will tell
                preparation.load()
            send(pages, 0)
        case {"wait": pid}:
            send(pages, wait_for(pid))
        case {"cells": cells, "folder": folder, "environment": environment}:
            send(pages, _fork_page(pages, pipes[0], cells, folder, environment))


def _fork_page(
    pages: socket.socket, pipe: int, cells: list[dict[str, Any]], folder: str, environment: dict[str, str]
) -> int:
    gc.freeze()  # The collector would touch, and so copy, this process's memory.
    pid = fork()
    if pid:
        os.close(pipe)
        return pid
    status = 1
    try:
        pages.close()
        os.setsid()
        os.environ.update(environment)
        run_page(cells, Path(folder), pipe)
        status = 0
    finally:
        os._exit(status)
