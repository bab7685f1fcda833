"""The environment: the variables that Quarto sets for a project's scripts and cells."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Any

from octavo.errors import PageError

FIGURES = "OCTAVO_FIGURES"
"""Octavo's own variable: the format of figures as stated, which may be twice as dense."""
_DENSE = "retina"
_FILES = ("_environment", "_environment.local")
_LINE = re.compile(r"(?:export\s+)?(?P<name>[A-Za-z_]\w*)\s*=\s*(?P<value>.*?)\s*$")


def project_environment(root: Path) -> dict[str, str]:
    """The project's own variables, from `_environment` and `_environment.local` unless set, and Quarto's."""
    stated = {name: value for file in _FILES for name, value in _read_variables(root, file).items()}
    unset = {name: value for name, value in stated.items() if name not in os.environ}
    return {**unset, "QUARTO_PROJECT_ROOT": str(root), "QUARTO_PROJECT_DIR": str(root)}


def page_environment(root: Path, page: str, metadata: Mapping[str, Any]) -> dict[str, str]:
    """The variables for a page's cells, those for figures by its metadata."""
    path = PurePosixPath(page)
    is_dense = (stated := str(metadata.get("fig-format", _DENSE))) == _DENSE
    density = metadata.get("fig-dpi", 96)
    return {
        **project_environment(root),
        "QUARTO_DOCUMENT_FILE": path.name,
        "QUARTO_DOCUMENT_PATH": str((root / page).parent),
        "QUARTO_FIG_WIDTH": str(metadata.get("fig-width", 7)),
        "QUARTO_FIG_HEIGHT": str(metadata.get("fig-height", 5)),
        "QUARTO_FIG_DPI": str(density * 2 if is_dense else density),
        "QUARTO_FIG_FORMAT": "png" if is_dense else stated,
        FIGURES: stated,
        "TERM": "xterm-color",
        "CLICOLOR": "1",
        "FORCE_COLOR": "1",
        "PAGER": "cat",
        "GIT_PAGER": "cat",
    }


def hook_environment(root: Path, output: Path, inputs: Sequence[str], outputs: Sequence[Path]) -> dict[str, str]:
    """The variables for a hook; lists have one path per line."""
    relative = [os.path.relpath(path, root) for path in outputs]
    return {
        **project_environment(root),
        "QUARTO_PROJECT_RENDER_ALL": "1",
        "QUARTO_PROJECT_OUTPUT_DIR": str(output),
        "QUARTO_PROJECT_INPUT_FILES": "\n".join(inputs),
        "QUARTO_PROJECT_OUTPUT_FILES": "\n".join(relative),
    }


def _read_variables(root: Path, name: str) -> dict[str, str]:
    file = root / name
    if not file.is_file():
        return {}
    variables = {}
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        text = line.strip()
        if not text or text.startswith("#"):
            continue
        match = _LINE.fullmatch(text)
        if match is None:
            raise PageError(name, number, "expected NAME=value")
        variables[match["name"]] = _read_value(name, number, match["value"])
    return variables


def _read_value(path: str, line: int, text: str) -> str:
    quoted = re.fullmatch(r"(['\"])(.*)\1(?:\s+#.*)?", text)
    value = quoted[2] if quoted else re.sub(r"\s+#.*", "", text)
    if "$" in value or "\\" in value:
        raise PageError(path, line, "a value with `$` or `\\` needs Quarto")
    return value
