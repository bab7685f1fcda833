"""A small site with hooks, by either renderer, for anything that only the post-render script completes."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

from tests.building import build_site
from tests.sites import ROOT

CONFIGURATION = """\
project: {type: website, render: ["*.qmd"], post-render: scripts/post_render.py}
website: {title: Small, site-url: "https://small.example"}
format: octavo-html
"""


def build_hooked(folder: Path, renderer: str, files: Mapping[str, str]) -> Path:
    """Build a site with these files in the new folder; returns the site."""
    for part in ("_extensions", "scripts"):
        shutil.copytree(ROOT / part, folder / part)
    for name, text in {"_quarto.yml": CONFIGURATION, "data/profile.yml": "name: Ada Nowak\n", **files}.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return build_site(folder, renderer)
