"""`make preview`, from an edit to what a browser gets."""

from __future__ import annotations

import re
import shutil
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.building import name_command
from tests.preview.projects import write_cell, write_project
from tests.preview.running import Preview, running
from tests.processes import Program, assert_none_left
from tests.sites import lay_out


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    folder = tmp_path_factory.mktemp("preview")
    root = lay_out("noether", folder / "Emmys Homepage äöü")
    (root / "own.py").write_text('word = "Own"\n')
    (root / "own.qmd").write_text("---\ntitle: Own\n---\n\nBryn Mawr\n\n```{python}\nimport own\n\nown.word\n```\n")
    with running(Preview(root, folder / "log")) as preview:
        yield preview


CSS = "site_libs/quarto-contrib/quarto-project/octavo/octavo.css"
Edit = tuple[str, Callable[[str], str], str, str]
EDITS: list[Edit] = [
    ("index.qmd", lambda text: text + "\nA word of mine.\n", "", "A word of mine."),
    ("data/news.yml", lambda text: text + '- date: "2025"\n  text: The latest.\n', "news.html", "The latest."),
    ("teaching.qmd", lambda _: "---\ntitle: Teaching\n---\n\nAt Bryn Mawr.\n", "teaching.html", "At Bryn Mawr."),
    ("own.py", lambda text: text.replace("Own", "Edited"), "own.html", "Edited"),
    ("_extensions/octavo/template.html", lambda text: text.replace("</main>", "<hr></main>"), "", "<hr>"),
    ("_quarto.yml", lambda text: text.replace("text: Papers", "text: Writings"), "", ">Writings<"),
    ("_extensions/octavo/octavo.css", lambda text: text + "\n.own { top: 0 }\n", CSS, ".own"),
]


# A preview names at most five files.
@pytest.mark.parametrize("edits", [EDITS[:4], EDITS[4:]], ids=["content", "look"])
def test_edits_are_served_and_named(preview: Preview, edits: list[Edit]) -> None:
    printed = len(preview.program.output)
    for name, change, _, _ in edits:
        preview.edit(name, change)
    for name, _, path, expected in edits:
        text = preview.wait_until(lambda text, expected=expected: expected in text, path)
        assert "__preview__" in text or path.endswith(".css")
        assert re.search(rf"^\d\d:\d\d:\d\d .*{re.escape(name)}", preview.program.output[printed:], re.MULTILINE)


MISTAKES: list[tuple[str, Callable[[str], str], str]] = [
    ("data/news.yml", lambda text: text + "- dat: 1935\n  text: x\n", r"data/news\.yml:\d+:\d+: .*dat"),
    ("news.qmd", lambda text: text + "\n```{python}\none = 1\none / 0\n```\n", r"news\.qmd:\d+: .*Zero"),
    ("own.py", lambda text: text + "\ndef (\n", r"own\.qmd:\d+: .*SyntaxError"),
    ("_quarto.yml", lambda text: text.replace("lang: en", "lang: [en"), r"_quarto\.yml:\d+: "),
]


def test_a_mistake_is_shown_with_its_line_until_it_is_fixed(preview: Preview) -> None:
    for name, change, expected in MISTAKES:
        with preview.edited(name, change):
            text = preview.wait_until(lambda text, expected=expected: re.search(expected, text) is not None)
            assert "Bryn Mawr" in text, "the last good build should still be shown below"
    preview.wait_until(lambda text: 'id="homepage-preview"' not in text)
    assert preview.program.process.poll() is None


def test_the_preview_writes_nothing_of_its_own_into_the_site(preview: Preview) -> None:
    built = list((preview.root / ".cache/octavo/preview").rglob("*.html"))
    assert built
    assert not [file for file in built if "__preview__" in file.read_text(encoding="utf-8")]
    assert not (preview.root / "_site").exists()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_ending_the_preview_during_a_build_leaves_no_process(tmp_path: Path, number: signal.Signals) -> None:
    """`running` covers ending a preview between builds."""
    root = write_project(tmp_path / "site")
    write_cell(root, "from pathlib import Path", "Path('begun').touch()", "while True: pass")
    preview = Preview(root, tmp_path / "log")
    try:
        preview.program.wait_for_file(root / "begun")
        status = preview.program.end(number)
        assert status == (-9 if number == signal.SIGKILL else 0)
        assert "Traceback" not in preview.program.output
        assert_none_left(preview.program.mark)
    finally:
        preview.program.kill_all()


def test_a_port_in_use_is_reported_in_one_sentence(preview: Preview, tmp_path: Path) -> None:
    port = preview.address.rstrip("/").rpartition(":")[2]
    second = Program(name_command("preview", "--port", port), preview.root, tmp_path / "log")
    assert second.wait() == 1
    assert second.output.startswith(f"the preview can't listen at port {port}: ")
    assert_none_left(second.mark)


def test_a_folder_without_a_project_is_reported(tmp_path: Path) -> None:
    root = lay_out("noether", tmp_path / "site")
    shutil.rmtree(root / "data")
    (root / "_quarto.yml").unlink()
    preview = Program(name_command("preview", "--port", "0"), root, tmp_path / "log")
    try:
        preview.wait_for("_quarto.yml")
        assert preview.end() == 0
    finally:
        preview.kill_all()
