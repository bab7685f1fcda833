"""Sites to test with: the repository's own, and others that combine its code with another researcher's content."""

from __future__ import annotations

import shutil
from pathlib import Path

TOOLKIT = Path(__file__).parents[2]
ROOT = TOOLKIT.parent
SITES = Path(__file__).parent

# The parts of a site besides the pages at the top.
FOLDERS = ("_extensions", "assets", "data", "docs", "publications", "scripts")
FILES = ("_quarto.yml",)
LEFT_OUT = shutil.ignore_patterns("__pycache__", ".*", "_site*")

EXAMPLE = ROOT / "examples" / "noether"
DOCS = TOOLKIT / "docs"


def lay_out(name: str, target: Path) -> Path:
    """Make the site `name` in the new folder `target`: `homepage` is the repository's own as it stands.

    `example` is the complete example, whose engine files are links to the repository's, and `docs` are the docs. Any
    other name is a folder beside this file: its tables replace the repository's, its pages and configuration stand in
    place of those of the same name, and no code is touched.
    """
    if whole := {"example": EXAMPLE, "docs": DOCS}.get(name):
        return Path(shutil.copytree(whole, target, ignore=LEFT_OUT))
    target.mkdir(parents=True)
    for part in [*FOLDERS, *FILES, *(page.name for page in ROOT.glob("*.qmd"))]:
        _copy(ROOT / part, target / part)
    if name != "homepage":
        overlay = SITES / name
        assert overlay.is_dir(), f"no such site: {overlay}"
        shutil.rmtree(target / "data")
        shutil.copytree(overlay, target, dirs_exist_ok=True, ignore=LEFT_OUT)
    return target


def list_subsets() -> list[str]:
    """The sites of constructs that both renderers support, and the typical ones in `site_*`."""
    return sorted(folder.name for pattern in ("subset*", "site_*") for folder in SITES.glob(pattern))


def lay_out_format(name: str, target: Path) -> Path:
    """Make the site `name` in the new folder `target` from only its own files and the repository's format."""
    shutil.copytree(SITES / name, target, ignore=LEFT_OUT)
    if not (target / "_extensions").exists():
        shutil.copytree(ROOT / "_extensions", target / "_extensions")
    return target


def _copy(source: Path, target: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, target, ignore=LEFT_OUT)
    elif source.exists():
        shutil.copy2(source, target)
