"""Published files: which files of a project may be in its site.

Those in `assets/` and `docs/`, pictures and films in `posts/`, and those that `project: resources:` in `_quarto.yml`
lists, unless they are hidden or a symbolic link leads somewhere else. Naming a file in a table, a page, or an imported
reference doesn't publish it. A page may embed more than that, for example by an include: any file of the project that
isn't hidden. Hidden files, files elsewhere, and symbolic links to either are never read into a page.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property, lru_cache
from pathlib import Path

from octavo.errors import OctavoError, Problem, quote_value
from octavo.globs import compile_pattern, expand_pattern, is_glob
from octavo.quarto_yaml import CONFIGURATION, read_configuration

FOLDERS = ("assets", "docs")
# Pages in this folder are posts. Their pictures and films may be in the same folder.
POSTS = "posts"
_MEDIA = ("avif", "gif", "jpeg", "jpg", "mp4", "png", "svg", "webm", "webp")
# What cameras and scanners write.
UNSHOWN = (".heic", ".heif", ".tif", ".tiff")
# Quarto publishes these from the project's root by default.
ALWAYS = ("robots.txt", ".nojekyll", "CNAME", "_redirects", "404.html")
PAGES = (".qmd", ".md", ".ipynb")
EXPECTED = (
    f"a file in assets/ or docs/, a picture in {POSTS}/, or one that `project: resources:` in {CONFIGURATION} lists"
)

_EXTENSIONS = "_extensions/"
# Where Quarto puts the files of `_extensions/`.
_PLACED_EXTENSIONS = "site_libs/quarto-contrib/quarto-project/"
_UNSAFE = re.compile(r"[\\\x00-\x1f\x7f]")


class Published:
    """The files of the project at `root` that may be in its site; `resources` are the patterns of `_quarto.yml`."""

    def __init__(self, root: Path, resources: Iterable[str]) -> None:
        self._root = root
        patterns = list(resources)
        self._resources = [pattern for pattern in patterns if not pattern.startswith("!")]
        self._exceptions = [pattern[1:] for pattern in patterns if pattern.startswith("!")]

    def find_fault(self, path: str) -> str:
        """Why the file at `path` (decoded, from the root) may not be published, or an empty text."""
        fault = _find_name_fault(path)
        if not fault and not self.names(path):
            fault = "is not in a published folder"
            if path.startswith(f"{POSTS}/") and path.lower().endswith(UNSHOWN):
                fault = "is a picture that browsers don't show (export it as JPEG)"
        return fault or self._find_link_fault(path)

    def find_page_fault(self, path: str) -> str:
        """Like `find_fault`, for a file that a page names: those of the site's extensions are allowed too."""
        if not path.startswith(_EXTENSIONS):
            return self.find_fault(path)
        # An extension under development may itself be a link.
        extension = os.path.realpath(self._root / _EXTENSIONS / path.split("/")[1])
        is_inside = _is_inside(os.path.realpath(self._root / path), extension)
        return _find_name_fault(path) or ("" if is_inside else "leads through a symbolic link out of its extension")

    def names(self, path: str) -> bool:
        """Whether the path is in a published folder, wherever it leads."""
        if path in ALWAYS:
            return True
        return any(match(path) for match in self._included) and not any(match(path) for match in self._excluded)

    def list_resources(self) -> list[str]:
        """The files that `resources:` names, without hidden ones."""
        named = (path for pattern in self._resources for path in self._expand(pattern))
        return [path for path in dict.fromkeys(named) if not is_hidden(path) and self.names(path)]

    def list_problems(self) -> Iterator[Problem]:
        """Patterns of `resources:` for hidden files or files elsewhere, and symbolic links out of the folders."""
        for pattern in self._resources:
            if fault := _find_name_fault(re.sub(r"^\.?/+|/+$", "", pattern)):
                message = f"project.resources: {quote_value(pattern)} {fault} (expected a path such as /files)"
                yield Problem(CONFIGURATION, self._find_line(pattern), 1, message)
        for pattern in (*_FOLDER_PATTERNS, *self._resources):
            for path in self._expand(pattern):
                if not is_hidden(path) and self._covers(path) and (fault := self._find_link_fault(path)):
                    yield Problem(path, 1, 1, f"{fault} (expected {EXPECTED}; copy what it leads to, or remove it)")

    @cached_property
    def _included(self) -> list[Callable[[str], bool]]:
        return [match for pattern in (*_FOLDER_PATTERNS, *self._resources) for match in self._compile(pattern)]

    @cached_property
    def _excluded(self) -> list[Callable[[str], bool]]:
        return [match for pattern in self._exceptions for match in self._compile(pattern)]

    def _compile(self, pattern: str) -> list[Callable[[str], bool]]:
        # The build may make a missing folder, such as the CV's.
        forms = [pattern] if is_glob(pattern) else [pattern, pattern.rstrip("/") + "/"]
        return [compile_pattern(self._root, form, literal=False).matches for form in forms]

    def _expand(self, pattern: str) -> list[str]:
        base = compile_pattern(self._root, pattern, literal=False).base
        if base and self._find_link_fault(base):
            return [base]  # the link is the problem, not each file that it leads to
        return expand_pattern(self._root, pattern, literal=False, skip=_holds_nothing)

    def _find_link_fault(self, path: str) -> str:
        real, root = os.path.realpath(self._root / path), self._real_root
        if real == os.path.join(root, path):  # noqa: PTH118 - making a Path for each file would be slow
            return ""
        target = os.path.relpath(real, root).replace(os.sep, "/") if _is_inside(real, root) else ""
        if target and not _find_name_fault(target) and self._covers(target):
            return ""
        return f"leads through a symbolic link to {quote_value(target or real)}, which is not in a published folder"

    def _covers(self, path: str) -> bool:
        """Whether the path is that of a published folder or of a file in one."""
        return self.names(path) or self.names(f"{path}/x")

    @cached_property
    def _real_root(self) -> str:
        return os.path.realpath(self._root)

    def _find_line(self, pattern: str) -> int:
        lines = (self._root / CONFIGURATION).read_text(encoding="utf-8", errors="replace").splitlines()
        return next((number for number, line in enumerate(lines, 1) if pattern in line), 1)


_FOLDER_PATTERNS = (
    *(f"/{folder}/" for folder in FOLDERS),
    f"/{POSTS}/**/*.{{{','.join((*_MEDIA, *map(str.upper, _MEDIA)))}}}",
)


def load_published(root: Path) -> Published:
    """The published files of the project at `root`; a `_quarto.yml` that can't be read lists none."""
    try:
        project = read_configuration(root).get("project")
    except OctavoError:
        return Published(root, ())  # the renderer reports it
    stated = project.get("resources") if isinstance(project, dict) else None
    patterns = stated if isinstance(stated, list) else [stated] if stated else []
    return _make_published(root, tuple(map(str, patterns)))


@lru_cache(maxsize=1)
def _make_published(root: Path, patterns: tuple[str, ...]) -> Published:
    """The published files; every read of a table asks for them, and compiling the patterns takes 3 ms."""
    return Published(root, patterns)


def find_reading_fault(root: Path, path: str) -> str:
    """Why the contents of the file at `path` (from the root, or absolute) may not be in a page; empty if they may."""
    real, project = os.path.realpath(root / path), os.path.realpath(root)
    if not _is_inside(real, project):
        return "is outside the project"
    return "is hidden" if is_hidden(os.path.relpath(real, project).replace(os.sep, "/")) else ""


def is_hidden(path: str) -> bool:
    """Whether a name in the path begins with a dot; `.nojekyll` and `.well-known/` are public."""
    names = path.split("/")
    return path != ".nojekyll" and any(name.startswith(".") for name in names[names[0] == ".well-known" :])


def find_page(root: Path, path: str) -> str:
    """The path in the project of the page that is rendered to the site's `path`, or an empty text."""
    stem = path.removesuffix(".html")
    found = (stem + suffix for suffix in PAGES if os.path.isfile(f"{root}/{stem}{suffix}"))  # noqa: PTH113
    return next(found, "") if stem != path else ""


def is_rendered(root: Path, path: str) -> bool:
    """Whether the site's `path` is that of a page of the project, or of a figure that a page makes."""
    page, is_figure, _ = path.partition("_files/")
    return find_page(root, f"{page}.html" if is_figure else path) != ""


def find_source(path: str) -> str:
    """The path in the project of the file from which Quarto copies the site's file at `path`."""
    return _EXTENSIONS + path.removeprefix(_PLACED_EXTENSIONS) if path.startswith(_PLACED_EXTENSIONS) else path


def _find_name_fault(path: str) -> str:
    if _UNSAFE.search(path):
        return "has a backslash or control character in it"
    if not {"", ".", ".."}.isdisjoint(path.split("/")):
        return "is not a path inside the project"
    return "is a hidden file or in a hidden folder (a name in it begins with a dot)" if is_hidden(path) else ""


def _is_inside(path: str, folder: str) -> bool:
    return path.startswith(os.path.join(folder, ""))  # noqa: PTH118


def _holds_nothing(name: str) -> bool:
    """Whether a folder of this name has nothing to publish: caches, environments, and built sites."""
    return name.startswith("_site") or name == "__pycache__" or (name.startswith(".") and name != ".well-known")
