"""Diagrams: Mermaid's and Graphviz's, drawn by their own programs, each a row of one table."""

from __future__ import annotations

import json
import re
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from shutil import which
from typing import NamedTuple

from octavo.cache import Cache, compute_key
from octavo.drawings.charts import CACHE, DrawingError
from octavo.renderer.cells import Diagram

_SECONDS = 120
# Plain SVG text: not every browser shows HTML in a picture.
_MERMAID = {"htmlLabels": False, "flowchart": {"htmlLabels": False}, "theme": "neutral"}
_POINTS = re.compile(rb'<svg width="([\d.]+)pt" height="([\d.]+)pt"')


class Tool(NamedTuple):
    """A program that draws one language, and how to get it."""

    program: str
    install: str
    arguments: Sequence[str]


TOOLS = {
    "dot": Tool("dot", "install Graphviz", ("-Tsvg", "-o", "diagram.svg", "diagram")),
    "mermaid": Tool(
        "mmdc",
        "install it with `npm install --global @mermaid-js/mermaid-cli`",
        ("--quiet", "--input", "diagram", "--output", "diagram.svg", "--configFile", "settings.json"),
    ),
}


def draw_diagram(root: Path, diagram: Diagram) -> bytes:
    """The diagram as SVG, from the cache if it was drawn before; DrawingError if it can't be drawn."""
    key = compute_key(repr(TOOLS[diagram.language]), _MERMAID, diagram.source)
    return Cache(root / CACHE).find_or_make(key, lambda: _draw(diagram))


def _draw(diagram: Diagram) -> bytes:
    tool = TOOLS[diagram.language]
    program = which(tool.program)
    if program is None:
        raise DrawingError(
            f"a `{{{diagram.language}}}` cell is drawn by `{tool.program}`, which is not on the PATH: {tool.install}, "
            "or draw it elsewhere and show the picture: `![What it says](/assets/diagram.svg)`"
        )
    return _run([program, *tool.arguments], diagram.source)


def _run(command: Sequence[str], source: str) -> bytes:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "diagram").write_text(source, encoding="utf-8")
        (folder / "settings.json").write_text(json.dumps(_MERMAID), encoding="utf-8")
        try:
            done = subprocess.run(
                command, cwd=folder, capture_output=True, text=True, errors="replace", timeout=_SECONDS, check=False
            )
        except subprocess.TimeoutExpired:
            raise DrawingError(f"`{Path(command[0]).name}` took longer than {_SECONDS} s to draw this") from None
        drawn = folder / "diagram.svg"
        if done.returncode or not drawn.exists():
            said = " ".join((done.stderr or done.stdout).split())[:400]
            raise DrawingError(f"`{Path(command[0]).name}` can't draw this: {said or 'it gave no reason'}")
        # Graphviz states its size in points, which browsers would make a third larger.
        return _POINTS.sub(rb'<svg width="\1" height="\2"', drawn.read_bytes(), count=1)
