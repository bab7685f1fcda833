"""Minimal projects to render: websites of the subset without hooks, tables, or styles."""

from __future__ import annotations

import hashlib
from pathlib import Path

CONFIGURATION = """\
project:
  type: website
  execute-dir: project
website:
  title: Small
format: plain-html
"""
EXTENSION = """\
title: Plain
contributes:
  formats:
    html:
      theme: none
      minimal: true
      template: template.html
      html-table-processing: none
"""
TEMPLATE = """\
<!DOCTYPE html>
<html>
<head><title>$pagetitle$</title></head>
<body>
$body$
</body>
</html>
"""
PAGE = "---\ntitle: Home\n---\n\nAs it was.\n"


def make_project(root: Path, files: dict[str, str] | None = None, project: str = "") -> Path:
    """Make a website in `root` with these `files` besides its home page; `project` has more lines for `project:`."""
    lines = "".join(f"  {line}\n" for line in project.splitlines())
    everything = {
        "_quarto.yml": CONFIGURATION.replace("website:\n", lines + "website:\n"),
        "_extensions/plain/_extension.yml": EXTENSION,
        "_extensions/plain/template.html": TEMPLATE,
        "index.qmd": PAGE,
        **(files or {}),
    }
    for path, text in everything.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    return root


def hash_tree(folder: Path) -> dict[str, str]:
    """The hash of every file under `folder` by path; empty if there is no such folder."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
