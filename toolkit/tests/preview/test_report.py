"""The report of a build: how pages show an error."""

from __future__ import annotations

import json
from pathlib import Path

import pandas

from octavo.preview.builder import Result
from octavo.preview.preview import Report
from octavo.preview.served_pages import show_failure
from octavo.preview.status import Status

TRACEBACK = """\
Traceback (most recent call last):
  File "{hook}", line 3, in <module>
    json.loads('{{')
  File "{library}", line 346, in loads
    return _default_decoder.decode(s)
json.decoder.JSONDecodeError: Expecting property name
"""


def show(root: Path, printed: str, failure: str) -> str:
    """The failure as pages show it; the terminal must show its absolute paths in full."""
    status, lines = Status(), list[str]()
    report = Report(root, status, lines.append)
    for line in printed.splitlines():
        report.add_line(line)
    report.finish(Result(False, failure, 0.1))
    assert str(root) in "".join(lines) or str(root) not in printed + failure
    return show_failure(status.state.failure)


def test_a_scripts_error_is_shown_without_absolute_paths(tmp_path: Path) -> None:
    text = TRACEBACK.format(hook=tmp_path / "scripts/hook.py", library=json.__file__)
    shown = show(tmp_path, text, "the pre-render script `scripts/hook.py` failed; the site is unchanged")
    assert "<p><strong>json.decoder.JSONDecodeError: Expecting property name</strong></p>" in shown
    assert "File &quot;scripts/hook.py&quot;, line 3" in shown
    assert "File &quot;json/__init__.py&quot;" in shown
    assert str(tmp_path) not in shown


def test_a_cells_error_is_shown_without_absolute_paths(tmp_path: Path) -> None:
    shown = show(tmp_path, "", f"page.qmd:3: cell 1 failed: KeyError\n\nFile {pandas.__file__}:12, in __getitem__")
    assert "<strong>page.qmd:3: cell 1 failed: KeyError</strong>" in shown
    assert "File pandas/__init__.py:12" in shown


def test_the_heading_of_an_error_is_never_an_empty_line(tmp_path: Path) -> None:
    shown = show(tmp_path, "\n  \n", "\n\n_quarto.yml: `website:` must hold `key: value` lines")
    assert "<strong>_quarto.yml: `website:` must hold `key: value` lines</strong>" in shown
