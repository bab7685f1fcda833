"""Diagrams and charts come out the same by both renderers."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from tests.building import build_site
from tests.drawings.test_diagrams import DRAWN, install
from tests.needs import need_quarto
from tests.page_trees import read_tree
from tests.sites import ROOT

CONFIGURATION = """\
project: {type: website, post-render: scripts/post_render.py}
website: {title: Small, site-url: "https://small.example"}
format: octavo-html
"""
PAGE = """\
---
title: Diagrams
---

@fig-graph is a graph.

```{dot}
//| label: fig-graph
//| fig-cap: A *graph*.
//| fig-alt: A leads to B.
digraph { A -> B }
```

```{mermaid}
%%| fig-cap: A flow.
flowchart LR
  A --> B
```

```{dot}
//| echo: true
digraph { "<b>" -> B }
```

```{mermaid}
%%| label: fig-flow
flowchart LR
  A --> B
```
"""


def render(folder: Path, renderer: str) -> Path:
    folder.mkdir()
    (folder / "_quarto.yml").write_text(CONFIGURATION, encoding="utf-8")
    (folder / "index.qmd").write_text(PAGE, encoding="utf-8")
    for part in ("_extensions", "scripts"):
        shutil.copytree(ROOT / part, folder / part)
    (folder / "data").mkdir()
    (folder / "data" / "profile.yml").write_text("name: Ada Nowak\n", encoding="utf-8")
    return build_site(folder, renderer)


@pytest.mark.quarto
def test_diagrams_are_the_same_by_both_renderers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    need_quarto()
    for program in ("dot", "mmdc"):
        install(tmp_path, monkeypatch, f"echo '{DRAWN}' > diagram.svg", program)
    quarto, embedded = (render(tmp_path / name, name) for name in ("quarto", "embedded"))
    trees = [read_tree(site / "index.html") for site in (quarto, embedded)]
    assert trees[0].body == trees[1].body
    assert str(trees[0].body).count("drawing-") == 4
    figures = [sorted(os.listdir(site / "index_files" / "figure-html")) for site in (quarto, embedded)]  # noqa: PTH208
    assert figures[0] == figures[1]
    assert not (quarto / "site_libs" / "quarto-diagram").exists()
