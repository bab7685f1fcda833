"""A bug in the project's code is shown with its file and line."""

from __future__ import annotations

import json
from pathlib import Path

import pandas

from octavo.tracebacks import describe_bug, shorten_paths


def run(root: Path, text: str) -> str:
    file = root / "listing.py"
    file.write_text(text)
    try:
        exec(compile(text, str(file), "exec"), {})  # noqa: S102
    except Exception as error:
        return describe_bug(error, root)
    raise AssertionError("nothing failed")


def test_a_fault_of_the_package_is_reported_with_its_file_and_line(tmp_path: Path) -> None:
    text = run(tmp_path, "def show():\n    return nothing\n\nshow()\n")
    assert text.startswith("listing.py:2: NameError: name 'nothing' is not defined\n\n")
    assert text.endswith("NameError: name 'nothing' is not defined")


def test_a_fault_within_a_library_is_reported_with_the_line_that_led_there(tmp_path: Path) -> None:
    text = run(tmp_path, "import json\n\njson.loads('{')\n")
    assert text.startswith("listing.py:3: json.decoder.JSONDecodeError: ")
    assert "json" + "/decoder.py" in text


def test_a_module_that_cannot_be_parsed_is_reported_with_its_line(tmp_path: Path) -> None:
    text = run(tmp_path, "x = 1\ndef (\n")
    assert text.startswith("listing.py:2: SyntaxError: invalid syntax\n\n")


def test_a_fault_outside_the_project_is_reported_too(tmp_path: Path) -> None:
    assert describe_bug(OSError(28, "No space left on device"), tmp_path) == (
        "OSError: [Errno 28] No space left on device\n\nOSError: [Errno 28] No space left on device"
    )


def test_paths_are_shortened_to_those_in_the_project_a_package_or_the_home_folder(tmp_path: Path) -> None:
    files = [tmp_path / "hook.py", Path(pandas.__file__), Path(json.__file__), Path.home() / "notes.txt", "/other/x.py"]
    shown = ["hook.py", "pandas/__init__.py", "json/__init__.py", "~/notes.txt", "/other/x.py"]
    assert shorten_paths("\n".join(f'File "{file}", line 1' for file in files), tmp_path) == "\n".join(
        f'File "{file}", line 1' for file in shown
    )
