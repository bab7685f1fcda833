"""The project for fault tests: a homepage with tables, hooks, and documents, but few pages."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from tests.sites import lay_out

WORD = "A word of mine."
# Pages that would only take time.
LEFT_OUT = ("404", "cv", "news", "publications")


def lay_out_project(root: Path) -> Path:
    """Write the project into the new folder `root`; returns `root`."""
    lay_out("noether", root)
    for name in LEFT_OUT:
        (root / f"{name}.qmd").unlink()
    return root


def edit(root: Path) -> None:
    """Add a sentence to the home page."""
    file = root / "index.qmd"
    file.write_text(file.read_text(encoding="utf-8") + f"\n{WORD}\n", encoding="utf-8")


def write_cell(root: Path, *lines: str) -> None:
    """Add a page with one cell of these lines, which start on line 6."""
    text = "\n".join(["---", "title: Fault", "---", "", "```{python}", *lines, "```", ""])
    (root / "fault.qmd").write_text(text, encoding="utf-8")


def read_site(folder: Path) -> dict[str, str]:
    """The text of each file of a site by path, or its hash if it isn't text; without the times in the sitemap."""
    files = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    return {name: _read(file) for name, file in sorted(files.items())}


def _read(file: Path) -> str:
    content = file.read_bytes()
    try:
        text = content.decode()
    except UnicodeDecodeError:
        return hashlib.sha256(content).hexdigest()
    return re.sub("<lastmod>.*?</lastmod>", "", text) if file.name == "sitemap.xml" else text
