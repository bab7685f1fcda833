"""A minimal website project, for tests of builds and previews."""

from __future__ import annotations

from pathlib import Path

FILES = {
    "_quarto.yml": """\
project:
  type: website
  execute-dir: project
website:
  title: Small
  site-url: https://small.example/~s
format: small-html
""",
    "_extensions/small/_extension.yml": """\
title: Small
contributes:
  formats:
    html:
      theme: none
      minimal: true
      html-table-processing: none
      html-math-method: mathml
      template: template.html
""",
    "_extensions/small/template.html": """\
<!DOCTYPE html>
<html lang="en"><head><title>$pagetitle$</title></head><body><main>$body$</main></body></html>
""",
    "index.qmd": """\
---
title: Home
---

```{python}
#| echo: false
print("five plus one is", 5 + 1)
```
""",
    "about.qmd": "---\ntitle: About\n---\n\nNothing but text.\n",
}


def write_project(root: Path) -> Path:
    """Write the project into the new folder `root`; returns `root`."""
    for name, text in FILES.items():
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return root


def write_cell(root: Path, *lines: str) -> None:
    """Write a home page with one cell of these lines, which start on line 6."""
    cell = "\n".join(["---", "title: Home", "---", "", "```{python}", *lines, "```", ""])
    (root / "index.qmd").write_text(cell, encoding="utf-8")
