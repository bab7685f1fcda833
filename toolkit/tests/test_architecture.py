"""The package's shape: imports go one way, and modules stay small."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

from octavo.tables import load_profile

ROOT = Path(__file__).parents[2]
TOOLKIT = ROOT / "toolkit"
PACKAGE = TOOLKIT / "src/octavo"
MODULES = sorted(PACKAGE.rglob("*.py"))


def test_there_is_a_package_to_look_at() -> None:
    assert len(MODULES) > 50


def test_a_module_is_small_and_has_a_docstring() -> None:
    for module in MODULES:
        text = module.read_text(encoding="utf-8")
        assert len(text.splitlines()) < 310, module
        assert not text.strip() or ast.get_docstring(ast.parse(text)), module


def test_only_code_for_pages_imports_pandas() -> None:
    """Hooks and commands, which start a new process each time, must not wait for it."""
    code = "import sys, octavo.documents, octavo.outputs, octavo.listings; sys.exit('pandas' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


def test_only_commands_print_or_exit() -> None:
    calls = {
        str(module.relative_to(ROOT)): node.func.id
        for module in MODULES
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"print", "exit", "input"}
    }
    # A cell's output is what it prints; commands print through the console.
    assert set(calls) <= {"toolkit/src/octavo/listings/raw.py", "toolkit/src/octavo/console.py"}


def test_all_output_of_commands_goes_through_the_console() -> None:
    """A bare `print` or a write to a standard stream would send control characters in data to a terminal."""
    commands = list((PACKAGE / "cli").glob("*.py"))
    assert len(commands) > 10
    direct = re.compile(r"(?<![\w.])print\(|\bsys\.std(?:out|err)\.(?:buffer\.)?write")
    assert [file.name for file in commands if direct.search(file.read_text(encoding="utf-8"))] == []


def test_nothing_about_the_owner_is_in_the_code() -> None:
    names = {name.encode() for name in load_profile(ROOT / "data").names}
    code = [*(TOOLKIT / "src").rglob("*.*"), *(TOOLKIT / "tests").rglob("*.*"), *(ROOT / "scripts").iterdir()]
    code += [*(ROOT / "_extensions").rglob("*.*"), ROOT / "Makefile"]
    assert names
    assert len(code) > 100
    assert [str(file) for file in code if file.is_file() and any(name in file.read_bytes() for name in names)] == []


def test_an_up_to_date_site_is_recognized_without_slow_imports() -> None:
    """`dataclasses` alone, with its own imports, would take a tenth of the allowed time."""
    slow = {"dataclasses", "pathlib", "yaml", "multiprocessing"}
    code = (
        f"import sys; before = set(sys.modules); import octavo.cli.build; print({slow} & sys.modules.keys() - before)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"
