"""The package's shape: imports go one way, and modules stay small."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from octavo.tables import load_profile

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "homepage"
MODULES = sorted(PACKAGE.rglob("*.py"))

# What each part may import of the package, besides itself: parts below it only. A part is a package or a module.
BASE = {"errors"}
WORDS = BASE | {"addresses", "anchors", "authors", "dates", "identifiers", "inline_links", "profile", "columns"}
ROWS = WORDS | {"schema", "source", "tables", "rows", "frames"}
PAGES = ROWS | {"citations", "html", "listings", "markdown", "files"}
ALLOWED = {
    "errors": set(),
    "dates": BASE,
    "authors": BASE,
    "identifiers": BASE,
    "addresses": BASE,
    "processes": set(),
    "installed": set(),
    "renderer": BASE | {"processes", "installed"},
    "schema": WORDS | {"source"},
    "citations": WORDS | {"rows"},
    "listings": PAGES | {"tables"},
}
# Commands and what serves them stand on top: nothing below imports them.
TOP = {"preview", "sitecheck", "bibliography", "documents", "exports", "renderer"}


def part_of(module: Path) -> str:
    """The part of the package that a module belongs to."""
    return module.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported_parts(module: Path) -> set[str]:
    """The parts of the package that a module imports, anywhere in it."""
    names = set()
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
        elif isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
    return {name.split(".")[1] for name in names if name.startswith("homepage.")}


def test_there_is_a_package_to_look_at() -> None:
    assert len(MODULES) > 50
    assert {"errors", "rows", "listings", "renderer"} <= {part_of(module) for module in MODULES}
    assert "errors" in imported_parts(PACKAGE / "rows.py")


@pytest.mark.parametrize("part", sorted(ALLOWED))
def test_imports_go_one_way(part: str) -> None:
    modules = [module for module in MODULES if part_of(module) == part]
    assert modules
    wrong = {str(module.relative_to(ROOT)): imported_parts(module) - ALLOWED[part] - {part} for module in modules}
    assert {module: parts for module, parts in wrong.items() if parts} == {}


def test_nothing_below_imports_what_stands_on_top() -> None:
    below = [module for module in MODULES if part_of(module) not in TOP]
    assert below
    assert [str(module) for module in below if imported_parts(module) & TOP] == []


@pytest.mark.parametrize("module", MODULES, ids=lambda module: str(module.relative_to(ROOT)))
def test_a_module_is_small_and_says_what_it_is(module: Path) -> None:
    text = module.read_text(encoding="utf-8")
    assert len(text.splitlines()) < 310
    assert not text.strip() or ast.get_docstring(ast.parse(text))


def test_only_what_is_made_for_pages_needs_pandas() -> None:
    """Hooks and commands, which start anew each time, don't wait for it."""
    code = "import sys, octavo.documents, octavo.outputs, octavo.listings; sys.exit('pandas' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


def test_only_commands_print_or_exit() -> None:
    calls = {
        str(module.relative_to(ROOT)): node.func.id
        for module in MODULES
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"print", "exit", "input"}
    }
    # A cell's output is what it prints.
    assert set(calls) <= {"octavo/listings/raw.py"}


def test_nothing_about_the_owner_stands_in_the_code() -> None:
    names = {name.encode() for name in load_profile(ROOT / "data").names}
    code = [*MODULES, *(ROOT / "scripts").iterdir(), *(ROOT / "_extensions").rglob("*.*"), ROOT / "Makefile"]
    code += [file for file in (ROOT / "tests").rglob("*.*") if file.is_file()]
    assert names
    assert len(code) > 100
    assert [str(file) for file in code if file.is_file() and any(name in file.read_bytes() for name in names)] == []
