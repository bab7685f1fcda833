"""The code of a site: the files that are the same in everybody's, but for a name and an address."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from octavo.errors import OctavoError
from octavo.markdown import NOTHING
from octavo.starter.configuration import CONFIGURATION, replace_values

FOLDERS = (
    "homepage", "_extensions", "scripts", "documents", "publications", "tests", "benchmarks", ".github/workflows",
    ".ci",
)  # fmt: skip
FILES = (
    "404.qmd", "cv.qmd", "news.qmd", "publications.qmd", "Makefile", "pyproject.toml", "requirements*.txt",
    "_environment", "netlify.toml", "LICENSE", "CHANGELOG.md", "CONTRIBUTING.md", ".editorconfig", ".gitattributes",
    ".gitignore", ".pre-commit-config.yaml",
)  # fmt: skip
README = "README.md"
# From this heading on, the README is about the code; above it, about the site.
README_CODE = "## Start\n"


def collect_code(origin: Path, values: Mapping[str, str]) -> dict[str, bytes]:
    """The code in the folder `origin`, by path, as a site has it whose configuration has these personal values.

    OctavoError where `origin` isn't such a site.
    """
    files = {path: (origin / path).read_bytes() for path in list_code(origin)}
    files[CONFIGURATION] = replace_values(read_text(origin, CONFIGURATION), values).encode()
    files[README] = write_readme(read_text(origin, README), values["title"]).encode()
    return files


def list_code(origin: Path) -> list[str]:
    """The paths of the files that are taken as they are."""
    found = [file for folder in FOLDERS for file in (origin / folder).rglob("*") if not _is_left_out(file, origin)]
    found += [file for pattern in FILES for file in origin.glob(pattern)]
    return sorted(file.relative_to(origin).as_posix() for file in found if file.is_file())


def _is_left_out(file: Path, origin: Path) -> bool:
    """Whether Python made it, or it is hidden, as what tools keep for themselves."""
    below = file.relative_to(origin).parts[1:]
    return "__pycache__" in below or any(part.startswith(".") for part in below)


def write_readme(text: str, title: str) -> str:
    """The README of a site of this title: its own first lines, and the rest as it was."""
    _, mark, rest = text.partition(README_CODE)
    if not mark:
        raise OctavoError(f"{README}: there is no {README_CODE.strip()!r}, from which on it is about the code")
    title = title.replace(NOTHING, "")  # GitHub knows no shortcodes
    return f"# {title}\n\nThe homepage of {title}. What it says is in tables, in `data/`.\n\n{mark}{rest}"


def read_text(folder: Path, name: str) -> str:
    """The text of a file that every site has; OctavoError where it can't be read."""
    try:
        return (folder / name).read_text(encoding="utf-8")
    except OSError as error:
        raise OctavoError(f"{folder / name}: {error.strerror}") from None
    except UnicodeDecodeError:
        raise OctavoError(f"{folder / name}: this is not UTF-8 text") from None
