"""Sources: the pages of the other languages, written where both renderers find them.

The page `news.qmd` is `de/news.qmd` in German: a copy of `news.de.qmd` if there is one, or else of `news.qmd`, whose
cells then speak German. The copies have the lines of their sources, so that an error's line is the source's own.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from posixpath import dirname

from octavo.errors import OctavoError, Problem
from octavo.files import write_file
from octavo.language.tags import read_language
from octavo.language.trees import KEY, find_variant, read_languages, split_path
from octavo.posts.listed_page import is_post
from octavo.published import PAGES, POSTS
from octavo.quarto_yaml import CONFIGURATION, find_key_line, read_text
from octavo.renderer.configuration import Site, load_site
from octavo.renderer.includes import place_included
from octavo.renderer.pagelist import find_pages
from octavo.trees.moving import Move, list_included, move_metadata, move_page

# This file marks a tree as the build's own, in which it looks for no sources. It also tells backups to skip the
# folder.
MARK = "CACHEDIR.TAG"
_SIGNATURE = """\
Signature: 8a477f597d28d172789f06886806bc55
# Octavo writes this folder, as `languages:` in _quarto.yml asks. Edit the pages that it is made from:
# news.de.qmd, or else news.qmd, for de/news.qmd.
"""
_METADATA = ("_metadata.yml", "_metadata.yaml")
_PLACE = re.compile(r"\S+:\d+: ")
# Hosts serve a single 404 page.
_NOT_COPIED = ("404",)


def write_trees(root: Path) -> list[Problem]:
    """Write the pages of all languages but the first, only what has changed, and remove those of other languages.

    Raises:
        PageError: if `languages:` or a page can't be read.
    """
    languages = read_languages(root)
    _remove_trees(root, languages[1:])
    if not languages:
        return []
    site = load_site(root, strict=False)
    if problems := list(_find_obstacles(site, languages)):
        return problems
    trees = [_Tree(root, language, languages) for language in languages[1:]]
    pages = find_pages(site)
    for tree in trees:
        tree.collect(pages)
        tree.write()
    return [*_find_render_problems(site, trees), *_find_strangers(root, pages, languages)]


def find_source(root: Path, page: str, languages: Sequence[str]) -> str:
    """The file that a page, or what it includes, is made from; itself if it isn't in a tree."""
    language, path = split_path(page, languages or ("",))
    if path == page:
        return page
    variant = _name_variant(path, language)
    return next((each for each in (variant, path) if (root / each).is_file()), page)


def name_sources(problems: Iterable[Problem], root: Path) -> list[Problem]:
    """The problems, each once, placed in the files that an owner edits instead of those made from them."""
    languages = _list_known(root)
    return list(dict.fromkeys(each._replace(path=find_source(root, each.path, languages)) for each in problems))


def name_sources_in(text: str, root: Path) -> str:
    """A message that names the files that an owner edits instead of those made from them, each problem once."""
    languages = _list_known(root)
    if not languages:
        return text
    tree = f"(?:{'|'.join(languages[1:])})/"
    made = re.compile(rf"(?<![\w/.-]){tree}[^\s:`'\"]+\.(?:qmd|md|ipynb|ya?ml)")
    built = re.compile(rf" \((?:{tree})?(\S+):\d+\)$")
    lines: dict[str | int, str] = {}
    for number, line in enumerate(text.split("\n")):
        named = made.sub(lambda match: find_source(root, match[0], languages), line)
        # Versions of a page have the problem at other lines; lines that aren't problems, as of code, may be repeated.
        lines.setdefault(built.sub(r" \1", named) if _PLACE.match(named) else number, named)
    return "\n".join(lines.values())


def _list_known(root: Path) -> Sequence[str]:
    """The languages; none if they can't be read, which may be what the message is about."""
    try:
        return read_languages(root)
    except OctavoError:
        return ()


def list_pages(root: Path) -> list[str]:
    """The pages of a site in several languages, including trees, which hooks aren't told about; else none."""
    return find_pages(load_site(root, strict=False)) if read_languages(root) else []


@dataclass
class _Tree:
    root: Path
    language: str
    languages: Sequence[str]
    sources: dict[str, str] = field(default_factory=dict)
    """The source of each page and of each file that pages include, by their paths in the tree."""
    pages: list[str] = field(default_factory=list)

    @property
    def folder(self) -> Path:
        return self.root / self.language

    def collect(self, pages: Iterable[str]) -> None:
        """Find the sources among all pages of the project."""
        others = self.languages[1:]
        own = [page for page in pages if split_path(page, self.languages)[1] == page and not find_variant(page, others)]
        for page in own:
            variant = _name_variant(page, self.language)
            if (self.root / variant).is_file():
                self.sources[page] = variant
            elif not is_post(page) and PurePosixPath(page).stem not in _NOT_COPIED:
                self.sources[page] = page
        for variant in self._list_variants(own):
            self.sources.setdefault(_name_original(variant, self.language), variant)
        self.pages = list(self.sources)
        for page in self.pages:
            self._collect_included(page, self.sources[page])

    def write(self) -> None:
        """Make the folder hold the copies and nothing else."""
        metadata = f"lang: {self.language}\ntree: {self.language}\n"
        files = {MARK: _SIGNATURE, ".gitignore": "*\n", _METADATA[0]: metadata, **dict(self._copy())}
        for path, content in files.items():
            write_file(self.folder / path, content)
        for path in _list_files(self.folder):
            if path not in files:
                (self.folder / path).unlink()
        _remove_empty_folders(self.folder)

    def _list_variants(self, own: Sequence[str]) -> Iterator[str]:
        """The pages in this language, in the folders that have pages, and those of posts."""
        folders = {dirname(page) for page in own}
        folders |= {folder.relative_to(self.root).as_posix() for folder in (self.root / POSTS).rglob("*/")}
        for folder in sorted(folders):
            for file in sorted((self.root / folder).glob(f"*.{self.language}.*")):
                if file.suffix in PAGES and not file.name.startswith(("_", ".")):
                    yield file.relative_to(self.root).as_posix()

    def _collect_included(self, page: str, source: str) -> None:
        if source.endswith(".ipynb"):
            return
        for value in list_included(read_text(self.root / source, source)):
            path = place_included(dirname(page), value)
            found = find_source(self.root, f"{self.language}/{path}", self.languages)
            if not value.startswith("/") and path not in self.sources and (self.root / found).is_file():
                self.sources[path] = found
                self._collect_included(page, found)

    def _copy(self) -> Iterator[tuple[str, str | bytes]]:
        for path, source in self.sources.items():
            if source.endswith(".ipynb"):
                yield path, (self.root / source).read_bytes()
                continue
            # The addresses in a variant are meant for that variant only.
            prefix = f"{self.language}/" if source == path else ""
            text = read_text(self.root / source, source)
            yield path, move_page(text, self._move(source, path), prefix)
        for folder in sorted({dirname(path) for path in self.sources} - {""}):
            above = [folder, *map(str, PurePosixPath(folder).parents)][:-1]
            for path in (f"{each}/{name}" for each in above for name in _METADATA):
                if (self.root / path).is_file():
                    text = move_metadata(read_text(self.root / path, path), self._move(path, path))
                    yield path, self._translate(text)

    def _move(self, source: str, path: str) -> Move:
        return Move(str(self.root), source, f"{self.language}/{path}")

    def _translate(self, metadata: str) -> str:
        """A folder's metadata, with this language in place of the first one."""
        return re.sub(rf"^lang: *{self.languages[0]} *$", f"lang: {self.language}", metadata, flags=re.MULTILINE)


def _name_variant(page: str, language: str) -> str:
    path = PurePosixPath(page)
    return str(path.with_name(f"{path.stem}.{language}{path.suffix}"))


def _name_original(variant: str, language: str) -> str:
    path = PurePosixPath(variant)
    return str(path.with_name(f"{path.stem.removesuffix(f'.{language}')}{path.suffix}"))


def _find_obstacles(site: Site, languages: Sequence[str]) -> Iterator[Problem]:
    """The problems that keep trees from being written."""
    text = read_text(site.root / CONFIGURATION, CONFIGURATION)
    line = find_key_line(text, (KEY,))
    for language in languages[1:]:
        folder = site.root / language
        if os.path.lexists(folder) and not _is_tree(folder) and not _is_empty(folder):
            message = f"`{KEY}:` needs the folder {language}/ for its pages, but yours has other files; rename yours"
            yield Problem(CONFIGURATION, line, 1, message)
    if site.project.get("execute-dir") != "project":
        message = f"`{KEY}:` needs `execute-dir: project`, or cells would look for files in the folder of a language"
        yield Problem(CONFIGURATION, find_key_line(text, ("project",)), 1, message)


def _find_render_problems(site: Site, trees: Sequence[_Tree]) -> Iterator[Problem]:
    """Problems in `project: render`, which must list the pages in trees and exclude variants."""
    pages = set(find_pages(site))
    missing: dict[str, None] = {}
    for tree in trees:
        for page in tree.pages:
            if f"{tree.language}/{page}" not in pages:
                missing[f"- /{tree.language}/**/*{PurePosixPath(page).suffix}"] = None
        for variant in pages:
            if find_variant(variant, [tree.language]) and not variant.startswith(f"{tree.language}/"):
                missing[f'- "!/**/*.{tree.language}{PurePosixPath(variant).suffix}"'] = None
    if missing:
        line = find_key_line(read_text(site.root / CONFIGURATION, CONFIGURATION), ("project", "render"))
        lines = "".join(f"\n    {each}" for each in missing)
        yield Problem(CONFIGURATION, line, 1, f"`project: render` lacks lines for the languages; add{lines}")


def _find_strangers(root: Path, pages: Iterable[str], languages: Sequence[str]) -> Iterator[Problem]:
    """A warning for each page that is named as a translation into a language that the site doesn't have."""
    for page in pages:
        path = PurePosixPath(page)
        stem, _, tag = path.stem.rpartition(".")
        if stem and tag not in languages and read_language(tag) == tag and (root / path.with_stem(stem)).is_file():
            message = f"`{KEY}:` in {CONFIGURATION} has no {tag!r}, so this is one more page in {languages[0]!r}"
            yield Problem(page, 1, 1, message, "warning")


def _remove_trees(root: Path, kept: Sequence[str]) -> None:
    """Remove the trees of languages that the site no longer has."""
    for entry in os.scandir(root):
        if entry.name not in kept and entry.is_dir(follow_symlinks=False) and _is_tree(Path(entry.path)):
            # The mark is removed last: without it, leftover files would be mistaken for the owner's.
            for path in _list_files(Path(entry.path)):
                if path != MARK:
                    Path(entry.path, path).unlink()
            shutil.rmtree(entry.path)


def _is_tree(folder: Path) -> bool:
    mark = folder / MARK
    return mark.is_file() and mark.read_text(encoding="utf-8", errors="replace").startswith(_SIGNATURE[:80])


def _is_empty(folder: Path) -> bool:
    return folder.is_dir() and not _list_files(folder)


def _list_files(folder: Path) -> list[str]:
    return sorted(
        path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_symlink() or path.is_file()
    )


def _remove_empty_folders(folder: Path) -> None:
    for path in sorted(folder.rglob("*/"), reverse=True):
        if path.is_dir() and _is_empty(path):
            path.rmdir()
