"""Resources: the files that a site takes along, named by `resources:` or by its pages."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Mapping
from pathlib import Path
from posixpath import dirname, join, normpath

from octavo.renderer.configuration import Site, as_list
from octavo.renderer.globs import expand_pattern
from octavo.renderer.pages import SUFFIXES

# Taken along wherever they stand in a project, without being named.
ALWAYS = ("robots.txt", ".nojekyll", "CNAME", "_redirects", "404.html")
_CSS_ADDRESS = re.compile(r"url\(\s*[\"']?([^\"')]+)[\"']?\s*\)|@import\s+[\"']([^\"']+)[\"']")


def copy_resources(site: Site, folder: Path, named: Mapping[str, str]) -> None:
    """Copy into `folder` what `project.resources` names, and the `named` files, by where they go."""
    files = {path: path for path in [*_resource_files(site), *ALWAYS]}
    for target, path in [*files.items(), *named.items()]:
        _copy(site.root, folder, path, target)


def _resource_files(site: Site) -> list[str]:
    """The files that the patterns name; a pattern is matched at any depth unless it begins with a slash."""
    excluded: set[str] = set()
    found: dict[str, None] = {}
    for pattern in map(str, as_list(site.project.get("resources"))):
        paths = expand_pattern(site.root, pattern.lstrip("!"), literal=False, skip=_is_no_folder)
        (excluded.update if pattern.startswith("!") else found.update)(dict.fromkeys(paths))
    return [path for path in found if path not in excluded]


def _is_no_folder(name: str) -> bool:
    """Whether a folder of this name holds nothing to publish: stores, environments and built sites."""
    return name.startswith((".", "_site")) or name == "__pycache__"


def _copy(root: Path, folder: Path, path: str, target: str) -> None:
    # A list of publications names thousands, none of them a file of the project: a Path of each would take long.
    if path.startswith("..") or not os.path.isfile(f"{root}/{path}"):  # noqa: PTH113
        return
    source, placed = root / path, folder / target
    if placed.exists() or source.suffix in SUFFIXES:
        return
    placed.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, placed)
    if source.suffix.lower() == ".css":
        _copy_named_by_styles(root, folder, path, target)


def _copy_named_by_styles(root: Path, folder: Path, path: str, target: str) -> None:
    for match in _CSS_ADDRESS.finditer((root / path).read_text(encoding="utf-8", errors="replace")):
        address = match[1] or match[2]
        if not re.match(r"\w+:|/|#", address):
            _copy(root, folder, normpath(join(dirname(path), address)), normpath(join(dirname(target), address)))
