"""Diagrams are drawn by the tool for their language."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from octavo.drawings.charts import DrawingError, measure_svg
from octavo.drawings.diagrams import draw_diagram
from octavo.renderer.cells import Diagram

DRAWN = '<svg width="62pt" height="116pt" viewBox="0 0 62 116"></svg>'
DIAGRAM = Diagram("dot", "digraph { A -> B }", "page.qmd", 3)


def install(folder: Path, monkeypatch: pytest.MonkeyPatch, script: str, name: str = "dot") -> None:
    """Put a shell script with this name first on the PATH."""
    (folder / "bin").mkdir(exist_ok=True)
    program = folder / "bin" / name
    program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder / 'bin'}{os.pathsep}{os.environ['PATH']}")


def test_a_diagram_is_drawn_once_and_sized_in_pixels(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(tmp_path, monkeypatch, f"grep -q digraph diagram && echo '{DRAWN}' > diagram.svg")
    picture = draw_diagram(tmp_path, DIAGRAM)
    assert measure_svg(picture) == (62, 116)
    assert b'width="62"' in picture
    install(tmp_path, monkeypatch, "exit 1")
    assert draw_diagram(tmp_path, DIAGRAM) == picture


def test_a_picture_with_a_relative_width_is_measured_by_its_view_box() -> None:
    assert measure_svg(b'<svg width="100%" viewBox="0 0 264.1 119.8">') == (264, 120)


def test_a_missing_tool_is_named_with_how_to_install_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(DrawingError, match=r"drawn by `dot`, which is not on the PATH: install Graphviz, or draw"):
        draw_diagram(tmp_path, DIAGRAM)
    with pytest.raises(DrawingError, match=r"`mmdc`.*npm install --global @mermaid-js/mermaid-cli"):
        draw_diagram(tmp_path, Diagram("mermaid", "graph LR", "page.qmd", 3))


def test_the_error_of_the_tool_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(tmp_path, monkeypatch, "echo 'syntax error in line 1' >&2; exit 1")
    with pytest.raises(DrawingError, match="`dot` can't draw this: syntax error in line 1"):
        draw_diagram(tmp_path, DIAGRAM)
