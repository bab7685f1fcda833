"""The files of a site: those that the engine owns, and those that an owner starts from."""

from __future__ import annotations

from pathlib import Path

from octavo.starter.engine import Engine

PACKAGE = Path(__file__).parents[1]
SITE = Path(__file__).with_name("site")
FORMAT = "_extensions/octavo"
# Filled in for the owner, who then changes them at will.
SEEDS = ("_quarto.yml", "README.md", "404.qmd", "cv.qmd", "index.qmd", "news.qmd", "publications.qmd")
SEED_FOLDERS = ("assets", "data")
EXECUTABLE = frozenset({"scripts/publish.sh", "scripts/watch.sh"})


def read_owned(engine: Engine) -> dict[str, bytes]:
    """The files that the engine owns in every site, by path; `engine` is what the site is to depend on."""
    owned = {path: (SITE / path).read_bytes() for path in _list_files(SITE) if not is_seed(path)}
    owned |= {f"{FORMAT}/{path}": (PACKAGE / "format" / path).read_bytes() for path in _list_files(PACKAGE / "format")}
    owned["requirements.txt"] = engine.write_requirements(owned["requirements.txt"].decode()).encode()
    return dict(sorted({**owned, **engine.files}.items()))


def read_seed(path: str) -> str:
    """The text of a file that an owner starts from, with its placeholders."""
    return (SITE / path).read_text(encoding="utf-8")


def is_seed(path: str) -> bool:
    """Whether a file of the package's `site` folder is the owner's once it is written."""
    return path in SEEDS or path.startswith(tuple(f"{folder}/" for folder in SEED_FOLDERS))


def _list_files(folder: Path) -> list[str]:
    files = (file for file in folder.rglob("*") if file.is_file() and "__pycache__" not in file.parts)
    return sorted(file.relative_to(folder).as_posix() for file in files)
