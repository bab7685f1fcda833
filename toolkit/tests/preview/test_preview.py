"""The preview as a whole: when it builds again."""

from __future__ import annotations

import sys
import threading
import time
from pathlib import Path

from octavo.preview.preview import Report, keep_building
from octavo.preview.status import Status
from tests.processes import wait_until

# A build that logs what it read; meanwhile, the page gets a new time, but keeps its bytes.
PROGRAM = """
import os, pathlib, sys, time
page = pathlib.Path("index.qmd")
text = page.read_text()
time.sleep(0.3)
os.utime(page)
with open(sys.argv[1], "a") as log:
    log.write(text + "\\n")
"""


def test_a_page_saved_during_a_build_is_built_exactly_once_more(tmp_path: Path) -> None:
    root, log = tmp_path / "site", tmp_path / "log"
    root.mkdir()
    page = root / "index.qmd"
    page.write_text("old")
    stop = threading.Event()
    report = Report(root, Status(), lambda line: None)
    command = [sys.executable, "-c", PROGRAM, str(log)]
    thread = threading.Thread(target=keep_building, args=(root, command, report, stop))

    def read() -> list[str]:
        return log.read_text().split() if log.exists() else []

    thread.start()
    try:
        wait_until(lambda: "old" in read())
        page.write_text("new")
        wait_until(lambda: read()[-2:] == ["new", "new"])
        time.sleep(1)
        assert read().count("new") == 2
    finally:
        stop.set()
        thread.join()
