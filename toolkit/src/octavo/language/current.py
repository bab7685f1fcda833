"""The current language, as a BCP 47 tag: `en`, `de`, `pt-BR`.

In a page's cells, it is the page's own: `lang:` in its front matter, or else in the `_metadata.yml` of its
folders, such as that of a tree of pages in another language, or else `_quarto.yml`.
Code that writes several languages, one after the other, states the current one with `written_in`.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache, wraps
from pathlib import Path
from typing import Any, NamedTuple, ParamSpec, TypeVar

from octavo.quarto_yaml import CONFIGURATION, load_mapping, read_configuration, read_front_matter, read_text

DEFAULT = "en"
OWN_WORDS = "_language.yml"
"""The owner's words; Quarto reads them, too."""
_STATED: ContextVar[Setting | None] = ContextVar("language", default=None)
T = TypeVar("T")
P = ParamSpec("P")


class Setting(NamedTuple):
    """What determines the words.

    Attributes:
        language: a BCP 47 tag.
        root: the project's folder.
        page: the file of the page whose cells run now; empty if there is none.
        stamps: when the settings of both were changed.
    """

    language: str
    root: str
    page: str
    stamps: tuple[int, ...]


def current_language(root: Path | None = None) -> str:
    """The language set by `written_in`, or else the page's, or else the project's.

    The project is the one in `root`, or else the project of the current build.

    Raises:
        OctavoError: if `_quarto.yml` isn't YAML.
    """
    return current_setting(root).language


def current_setting(root: Path | None = None) -> Setting:
    """The current language, and the page and project whose settings say its words."""
    return _STATED.get() or _find_setting(root)


@contextmanager
def written_in(language: str = "") -> Iterator[None]:
    """Inside this context, the current language is this one, or else the one before.

    It isn't looked up again: for each word of a long list, that would take longer than writing the word.
    """
    setting = current_setting()
    token = _STATED.set(setting._replace(language=language) if language else setting)
    try:
        yield
    finally:
        _STATED.reset(token)


def in_one_language(function: Callable[P, T]) -> Callable[P, T]:
    """Look up the current language once per call of the function."""

    @wraps(function)
    def write(*args: P.args, **options: P.kwargs) -> T:
        with written_in():
            return function(*args, **options)

    return write


def in_project_language(function: Callable[P, T]) -> Callable[P, T]:
    """Like `in_one_language`, in the project's: Quarto's hooks still have the variables of the page that ran last."""

    @wraps(function)
    def write(*args: P.args, **options: P.kwargs) -> T:
        for name in ("QUARTO_DOCUMENT_PATH", "QUARTO_DOCUMENT_FILE"):
            os.environ.pop(name, None)
        return in_one_language(function)(*args, **options)

    return write


def find_project_language(root: Path) -> str:
    """`lang:` in the project's `_quarto.yml`; English if that has none, or if there is no such file."""
    return _read_tag(read_project(root)) or DEFAULT


def read_project(root: Path) -> dict[str, Any]:
    """The settings in the project's `_quarto.yml`; none if there is no such file."""
    return read_configuration(root) if (root / CONFIGURATION).is_file() else {}


def _find_setting(stated: Path | None) -> Setting:
    """Quarto and the embedded renderer name project and page in these variables."""
    root = os.path.abspath(stated or os.environ.get("QUARTO_PROJECT_ROOT") or ".")
    folder, name = os.environ.get("QUARTO_DOCUMENT_PATH", ""), os.environ.get("QUARTO_DOCUMENT_FILE", "")
    page = os.path.join(folder, name) if folder and name else ""
    files = (f"{root}/{CONFIGURATION}", f"{root}/{OWN_WORDS}", page)
    return _read_setting(root, page, tuple(map(_stamp, files)))


@lru_cache(maxsize=1)
def _read_setting(root: str, page: str, stamps: tuple[int, ...]) -> Setting:
    own = _read_tag(read_front_matter(Path(page))) or _find_folder_language(root, page)
    return Setting(own or find_project_language(Path(root)), root, page, stamps)


def _find_folder_language(root: str, page: str) -> str:
    """The language in the `_metadata.yml` of the page's folders, the innermost first."""
    folders = [folder for folder in Path(page).parents if folder.is_relative_to(root) and folder != Path(root)]
    files = [file for folder in folders if (file := folder / "_metadata.yml").is_file()]
    stated = (_read_tag(load_mapping(read_text(file, file.name), file.name)) for file in files)
    return next(filter(None, stated), "")


def _read_tag(settings: dict[str, Any]) -> str:
    return str(settings.get("lang") or "")


def _stamp(file: str) -> int:
    try:
        return os.stat(file).st_mtime_ns
    except OSError:
        return 0
