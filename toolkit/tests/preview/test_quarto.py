"""Quarto's own preview and frozen results, neither of which notices an edited table by itself."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

import httpx
import pytest
import yaml

from tests.needs import need_quarto
from tests.processes import Program
from tests.sites import ROOT, lay_out

pytestmark = pytest.mark.quarto

# A render takes 15 seconds, and several times that on a busy machine.
SECONDS = 240.0
NEWS = '\n- date: "2025"\n  text: The latest line.\n'


def environment() -> Mapping[str, str]:
    return {**os.environ, "QUARTO_PYTHON": sys.executable}


def render(root: Path) -> str:
    """Render the whole site; returns its news page."""
    ran = subprocess.run(
        [need_quarto(), "render"],
        cwd=root,
        env=environment(),
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return (root / "_site/news.html").read_text(encoding="utf-8")


def freeze(root: Path) -> None:
    file = root / "_quarto.yml"
    text = file.read_text(encoding="utf-8")
    assert re.search(r"^execute:$", text, re.MULTILINE)
    file.write_text(re.sub(r"^execute:$", "execute:\n  freeze: auto", text, flags=re.MULTILINE), encoding="utf-8")


def append(file: Path, text: str) -> None:
    file.write_text(file.read_text(encoding="utf-8") + text, encoding="utf-8")


def find_free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def wait_until_served(address: str, text: str, preview: Program) -> None:
    until = time.monotonic() + SECONDS
    while True:
        try:
            if text in httpx.get(address, trust_env=False, timeout=30).text:
                return
        except httpx.TransportError:
            pass
        assert preview.process.poll() is None, preview.output
        assert time.monotonic() < until, f"{text!r} was never served:\n{preview.output}"
        time.sleep(0.25)


def test_quartos_preview_serves_an_edit_of_a_table(tmp_path: Path) -> None:
    quarto = need_quarto()
    root = lay_out("noether", tmp_path / "site")
    watched = yaml.safe_load((ROOT / "_quarto.yml").read_text(encoding="utf-8"))["watch"]
    append(root / "_quarto.yml", yaml.safe_dump({"watch": watched}))
    port = find_free_port()
    preview = Program(
        [quarto, "preview", "--port", str(port), "--host", "127.0.0.1", "--no-browser"],
        root,
        tmp_path / "log",
        environment(),
    )
    address = f"http://127.0.0.1:{port}/news.html"
    try:
        wait_until_served(address, "Hauptsatz", preview)
        append(root / "data/news.yml", NEWS)
        wait_until_served(address, "The latest line.", preview)
        preview.end(signal.SIGINT, group=True)
    finally:
        preview.kill_all()


def test_frozen_results_never_outlive_the_tables_they_came_from(tmp_path: Path) -> None:
    root = lay_out("noether", tmp_path / "site")
    freeze(root)
    assert "The latest line." not in render(root)
    frozen = root / "_freeze/news/execute-results/html.json"
    before = frozen.stat().st_mtime_ns
    render(root)
    assert frozen.stat().st_mtime_ns == before, (
        "unchanged results should stay frozen; otherwise this test proves nothing"
    )
    append(root / "data/news.yml", NEWS)
    assert "The latest line." in render(root)
