"""Both renderers draw the same diagrams."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.drawings.test_diagrams import DRAWN, install
from tests.hooked import build_hooked
from tests.needs import need_quarto
from tests.page_trees import read_tree

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
%%| echo: true
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


@pytest.mark.quarto
def test_both_renderers_draw_the_same_diagrams(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    need_quarto()
    for program in ("dot", "mmdc"):
        install(tmp_path, monkeypatch, f"echo '{DRAWN}' > diagram.svg", program)
    quarto, embedded = (build_hooked(tmp_path / name, name, {"index.qmd": PAGE}) for name in ("quarto", "embedded"))
    trees = [read_tree(site / "index.html") for site in (quarto, embedded)]
    assert trees[0].body == trees[1].body
    assert str(trees[0].body).count("drawing-") == 4
    figures = [sorted(os.listdir(site / "index_files" / "figure-html")) for site in (quarto, embedded)]  # noqa: PTH208
    assert figures[0] == figures[1]
    assert not (quarto / "site_libs" / "quarto-diagram").exists()
