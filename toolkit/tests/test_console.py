"""The console: no data that a command prints can control a terminal."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from octavo.cli.build import _pass_on
from octavo.cli.check import main as check_data
from octavo.cli.commands import make_parser
from octavo.cli.export import main as export_publications
from octavo.cli.import_publications import main as import_publications
from octavo.console import RED, paint, say, visible, write_result
from octavo.importing.terminal import Terminal
from octavo.preview.served_pages import show_failure

ROOT = Path(__file__).resolve().parents[1]
# Clears the screen, renames the window, returns to the start of the line, reverses what follows, and ends the line.
HOSTILE = "A\x1b[2J\x1b]0;t\x07\r\x9b1A\u202egnp.exe\u2066\u200f\u061c\u2028\x85B"
BIDI_CLASSES = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}


def acts(sign: str) -> bool:
    """Whether it is a control or bidirectional character by Unicode, except for tabs and line ends."""
    controls = unicodedata.category(sign) in {"Cc", "Cs", "Zl", "Zp"} and sign not in "\n\t"
    return controls or unicodedata.bidirectional(sign) in BIDI_CLASSES or sign in "\u200e\u200f\u061c"


def test_exactly_the_characters_that_control_a_terminal_are_escaped() -> None:
    """Of all Unicode, only controls, separators, and bidirectional controls become escapes."""
    signs = [chr(code) for code in range(sys.maxunicode + 1)]
    assert [sign for sign in signs if (visible(sign) != sign) != acts(sign)] == []
    assert visible("\x1b\x9b\u202e\ud800") == r"\x1b\x9b\u202e\ud800"


@pytest.mark.parametrize(
    "text",
    ["محمد بن موسى", "שָׁלוֹם", "می\u200cخواهم", "क्\u200dष", "Ł́ñ", "👩\u200d🔬", "two\nlines\tand a tab"],
    ids=["Arabic", "Hebrew with points", "Persian", "Hindi", "combining marks", "emoji", "structure"],
)
def test_text_in_every_script_is_unchanged(text: str) -> None:
    assert visible(text) == text


@given(st.text())
def test_painted_text_is_escaped_between_our_own_colors(text: str) -> None:
    painted = paint(text, RED)
    assert visible(painted) == f"\x1b[31m{visible(text)}\x1b[0m"
    assert painted + text == f"{painted}{visible(text)}"
    assert visible(painted + text) == painted + text


def test_painted_text_loses_its_color_when_formatted_into_other_text() -> None:
    """Text formatted from painted text may contain anything, so it is escaped again."""
    assert visible(f"{paint('a', RED)}\x07") == r"\x1b[31ma\x1b[0m\x07"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("QUARTO_PROJECT_ROOT", raising=False)
    (tmp_path / "data").mkdir()
    (tmp_path / "data/profile.yml").write_text("name: Emmy Noether\n")
    (tmp_path / "data/publications.yml").write_text("[]\n")
    return tmp_path


def write_csl(project: Path, title: str, **fields: str) -> str:
    item = {"id": "x", "type": "article", "title": title, "author": [{"family": title, "given": "A"}], **fields}
    (project / "refs.json").write_text(json.dumps([item]))
    return "refs.json"


def write_row(project: Path, **fields: object) -> None:
    row = {"id": "x", "title": "T", "authors": ["A. B"], "type": "article", **fields}
    (project / "data/publications.yml").write_text(json.dumps([row]))


def import_hostile(project: Path) -> None:
    import_publications([write_csl(project, HOSTILE), "--dry-run"])


def import_with_conflict(project: Path) -> None:
    write_row(project, doi="10.1000/182")
    import_publications([write_csl(project, HOSTILE, DOI="10.1000/182"), "--dry-run"])


def import_a_file_of_that_name(project: Path) -> None:
    import_publications([f"{HOSTILE}.bib", "--dry-run"])


def check_a_row(project: Path) -> None:
    write_row(project, **{HOSTILE: 1, "date": HOSTILE, "links": {HOSTILE: "x"}})
    assert check_data([]) == 1


def check_a_file_of_that_name(project: Path) -> None:
    write_row(project, links={"paper": f"docs/{HOSTILE}.pdf"})
    check_data([])


def check_a_page(project: Path) -> None:
    (project / "_site").mkdir()
    page = f'<!DOCTYPE html><title>{HOSTILE}</title><a href="{HOSTILE}">x</a><p id="{HOSTILE}"><p id="{HOSTILE}">'
    (project / "_site/index.html").write_text(page, encoding="utf-8")
    assert check_data(["--site"]) == 1


COMMANDS: list[Callable[[Path], None]] = [
    import_hostile,
    import_with_conflict,
    import_a_file_of_that_name,
    check_a_row,
    check_a_file_of_that_name,
    check_a_page,
]


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.__name__)
def test_a_command_prints_no_control_characters(
    command: Callable[[Path], None], project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Plans, diffs, errors, warnings, and checks quote hostile data only escaped."""
    command(project)
    printed = "".join(capsys.readouterr())
    assert printed
    assert [sign for sign in printed if acts(sign)] == []


def test_a_title_stays_on_its_line_of_the_plan(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A line break in a title can't forge a line of the plan."""
    import_publications([write_csl(project, "A\nWritten.\nB"), "--dry-run"])
    printed = capsys.readouterr().out
    assert "Written." in printed
    assert "Written." not in printed.splitlines()


def test_a_plan_for_machines_has_the_exact_text_of_the_source(
    project: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    """JSON in a pipe is exact: escapes there are JSON's own."""
    import_publications([write_csl(project, "a \u202e \x7f b"), "--json"])
    assert "\u202e" in json.loads(capsysbinary.readouterr().out)["new"][0]["fields"]["title"]


class Screen(io.TextIOWrapper):
    """A stream that says it is a terminal."""

    def __init__(self) -> None:
        super().__init__(io.BytesIO(), encoding="utf-8")

    def isatty(self) -> bool:
        return True

    @property
    def text(self) -> str:
        self.flush()
        return bytes(self.buffer.getbuffer()).decode()  # type: ignore[attr-defined]


def test_an_export_is_escaped_on_a_terminal_and_exact_in_a_pipe(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    write_row(project, title="a \u202e b")
    assert export_publications(["--format", "bibtex"]) == 0
    assert "\u202e" in capsysbinary.readouterr().out.decode()
    screen = Screen()
    monkeypatch.setattr(sys, "stdout", screen)
    assert export_publications(["--format", "bibtex"]) == 0
    assert "a \\u202e b" in screen.text


def test_progress_is_escaped_too(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Screen()
    monkeypatch.setattr(sys, "stderr", screen)
    Terminal().say(HOSTILE)
    assert screen.text.startswith("\r\x1b[K")
    assert [sign for sign in screen.text.removeprefix("\r\x1b[K") if acts(sign)] == []


def test_a_file_name_that_cannot_be_encoded_can_be_printed() -> None:
    """A file name may have bytes that aren't text; printing it must not fail."""
    done = subprocess.run(
        [sys.executable, "-c", r"from octavo.console import say; say('\udcff.bib')"],
        cwd=ROOT,
        env={**os.environ, "PYTHONIOENCODING": "utf-8:strict"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "\\udcff.bib\n"


def test_quartos_output_is_passed_on_without_control_characters(capsys: pytest.CaptureFixture[str]) -> None:
    """Quarto colors its output and quotes that of cells; the text stays, on its lines."""
    _pass_on("\x1b[31mERROR\x1b[39m: \x1b]0;t\x07\u202ex\r\n")
    assert capsys.readouterr().out == "ERROR: \\u202ex\n"


def test_the_error_on_a_page_of_the_preview_is_escaped() -> None:
    shown = show_failure(f"data/x.yml:1:1: {HOSTILE}\n\n{HOSTILE}")
    assert [sign for sign in shown if acts(sign)] == []
    assert "\\u202egnp.exe" in shown


def test_a_result_keeps_its_line_ending(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    write_result("a\r\n\x1b\ud800")
    say("b")
    assert capsysbinary.readouterr().out == b"a\r\n\x1b\\ud800b\n"


def test_an_unknown_argument_cannot_control_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    """It may be a file name that the shell expanded from a pattern."""
    with pytest.raises(SystemExit):
        make_parser("import", "").parse_args(["--\x1b[2J\u202e.bib"])
    assert "--\\x1b[2J\\u202e.bib" in capsys.readouterr().err
