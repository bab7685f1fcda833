"""The project that meets the faults: a homepage with its tables, hooks and documents, and a single page to read."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from tests.sites import lay_out

WORD = "A word of mine."
# Pages that would only take time.
LEFT_OUT = ("404", "cv", "news", "publications")


def lay_out_project(root: Path) -> Path:
    """The project in the new folder `root`."""
    lay_out("noether", root)
    for name in LEFT_OUT:
        (root / f"{name}.qmd").unlink()
    return root


def edit(root: Path) -> None:
    """Let the home page say something new."""
    file = root / "index.qmd"
    file.write_text(file.read_text(encoding="utf-8") + f"\n{WORD}\n", encoding="utf-8")


def write_cell(root: Path, *lines: str) -> None:
    """Add a page with one cell of these lines, the first of them on line 6."""
    text = "\n".join(["---", "title: Fault", "---", "", "```{python}", *lines, "```", ""])
    (root / "fault.qmd").write_text(text, encoding="utf-8")


def hash_site(folder: Path) -> dict[str, str]:
    """The hash of every file of a site by its path, without the times that its sitemap states."""
    files = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    return {name: hashlib.sha256(_read(file)).hexdigest() for name, file in sorted(files.items())}


def _read(file: Path) -> bytes:
    content = file.read_bytes()
    return re.sub(rb"<lastmod>.*?</lastmod>", b"", content) if file.name == "sitemap.xml" else content
