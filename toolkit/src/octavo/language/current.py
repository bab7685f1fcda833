"""The language that is written now, as a BCP 47 tag: `en`, `de`, `pt-BR`.

In a page's cells it is the page's own: what its front matter says as `lang:`, and otherwise what `_quarto.yml` says.
Whatever writes in several languages, one after the other, says which one it is at.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from pathlib import Path
from typing import Any

from octavo.errors import OctavoError
from octavo.quarto_yaml import CONFIGURATION, load_mapping, read_configuration, read_text

DEFAULT = "en"
_STATED: ContextVar[str] = ContextVar("language", default="")


def current_language(root: Path | None = None) -> str:
    """What was stated by `written_in`, or else the page's language, or else the project's.

    The project is the one in `root`, or else the one that is being built.

    Raises:
        OctavoError: if `_quarto.yml` or the page's front matter isn't YAML.
    """
    return _STATED.get() or _find_page_language() or find_project_language(root or _find_root())


@contextmanager
def written_in(language: str) -> Iterator[None]:
    """Within it, the current language is this one."""
    token = _STATED.set(language)
    try:
        yield
    finally:
        _STATED.reset(token)


def find_project_language(root: Path) -> str:
    """`lang:` in the project's `_quarto.yml`; English if it says none, or if there is no such file."""
    settings = read_configuration(root) if (root / CONFIGURATION).is_file() else {}
    return _read_tag(settings) or DEFAULT


def _find_root() -> Path:
    return Path(os.environ.get("QUARTO_PROJECT_ROOT") or ".")


def _find_page_language() -> str:
    """What the page says whose cells are run now; Quarto and the embedded renderer name it in these variables."""
    folder, name = os.environ.get("QUARTO_DOCUMENT_PATH", ""), os.environ.get("QUARTO_DOCUMENT_FILE", "")
    return _read_page_language(Path(folder, name)) if folder and name else ""


@lru_cache(maxsize=1)
def _read_page_language(page: Path) -> str:
    """Empty if the page says none, isn't text with front matter, or is gone."""
    if page.suffix == ".ipynb":
        return ""
    try:
        lines = read_text(page, page.name).split("\n")
    except OctavoError:
        return ""
    if not lines or lines[0].rstrip() != "---":
        return ""
    end = next((number for number, line in enumerate(lines[1:], 1) if line.rstrip() in ("---", "...")), len(lines))
    return _read_tag(load_mapping("\n".join(lines[1:end]), page.name, 2))


def _read_tag(settings: dict[str, Any]) -> str:
    return str(settings.get("lang") or "")
