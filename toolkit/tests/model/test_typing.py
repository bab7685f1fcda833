"""Typing: rows are typed from the table to the last output, so mypy finds a misspelled field."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
MODULE = """\
from octavo.model.publications import Publication
from octavo.model.catalog import Talk
from octavo.tables import load_rows

for talk in load_rows(Talk):
    print(talk.titel)
    print(talk.date.year)
for paper in load_rows(Publication):
    print(paper.links.get("papr"))
    paper.title = "x"
"""
ERRORS = [
    '6: error: "Talk" has no attribute "titel"; maybe "title"?',
    '7: error: Item "None" of "PartialDate | None" has no attribute "year"',
    '9: error: No overload variant of "get" of "Mapping" matches argument type "str"',
    '10: error: Property "title" defined in "Publication" is read-only',
]


def test_mypy_finds_misspelled_and_misused_fields(tmp_path: Path) -> None:
    module = tmp_path / "module.py"
    module.write_text(MODULE, encoding="utf-8")
    command = [sys.executable, "-m", "mypy", "--strict", str(module)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    lines = [line.partition("module.py:")[2] for line in done.stdout.splitlines() if "module.py:" in line]
    errors = [line for line in lines if ": error: " in line]
    assert len(errors) == len(ERRORS), done.stdout
    for line, expected in zip(errors, ERRORS, strict=True):
        assert line.startswith(expected)
