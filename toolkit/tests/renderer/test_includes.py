"""Lines of pages, and the files they include."""

from __future__ import annotations

from pathlib import Path

import pytest

from octavo.errors import Faults, PageError
from octavo.quarto_yaml import read_text
from octavo.renderer.includes import Line, include_files, number_lines
from tests.renderer.small import write_files


def include(root: Path, text: str, folder: str = "") -> list[Line]:
    faults = Faults()
    lines = list(include_files(root, folder, number_lines(text, "page.qmd"), faults))
    if faults:
        raise faults.join()
    return lines


def test_an_included_line_keeps_its_file_and_number(tmp_path: Path) -> None:
    write_files(tmp_path, {"_part.qmd": "one\ntwo\n"})
    assert include(tmp_path, "before\n{{< include _part.qmd >}}\nafter") == [
        Line("before", "page.qmd", 1),
        Line("one", "_part.qmd", 1),
        Line("two", "_part.qmd", 2),
        Line("after", "page.qmd", 3),
    ]


def test_paths_are_relative_to_the_page_or_with_a_slash_to_the_project(tmp_path: Path) -> None:
    write_files(tmp_path, {"sub/_a.qmd": "{{< include deep/_b.qmd >}}", "sub/deep/_b.qmd": "b", "_c.qmd": "c"})
    lines = include(tmp_path, "{{< include _a.qmd >}}\n  {{< include /_c.qmd >}}", folder="sub")
    assert [line.text for line in lines] == ["b", "c"]


def test_an_include_within_a_line_is_left_alone(tmp_path: Path) -> None:
    text = "see {{< include x >}}\n{{{< include x >}}}\n`{{< include x >}}`"
    assert "\n".join(line.text for line in include(tmp_path, text)) == text


def test_a_file_is_included_verbatim_in_a_code_block(tmp_path: Path) -> None:
    write_files(tmp_path, {"_part.qmd": "one\n\ntwo\n"})
    lines = include(tmp_path, "```\n{{< include _part.qmd >}}\nafter\n```")
    assert [line.text for line in lines] == ["```", "one", "", "two", "", "after", "```"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("\n{{< include missing.qmd >}}", "page.qmd:2: there is no file `missing.qmd` to include"),
        ("{{< include _self.qmd >}}", "_self.qmd:1: files include each other in a circle"),
        ("{{< include page.qmd >}}", "page.qmd:1: files include each other in a circle"),
        (
            "{{< include _self.qmd >}}\n{{< include missing.qmd >}}",
            "_self.qmd:1: files include each other in a circle\npage.qmd:2: there is no file `missing.qmd` to include",
        ),
        ("{{< include _bad.qmd >}}", "_bad.qmd:2: this is not UTF-8 text"),
    ],
)
def test_an_impossible_include_is_reported(tmp_path: Path, text: str, message: str) -> None:
    write_files(tmp_path, {"page.qmd": "x", "_self.qmd": "{{< include _self.qmd >}}"})
    (tmp_path / "_bad.qmd").write_bytes(b"fine\n\xff\n")
    with pytest.raises(PageError) as caught:
        include(tmp_path, text)
    assert str(caught.value) == message


def test_other_line_endings_and_a_byte_order_mark_are_normalized(tmp_path: Path) -> None:
    (tmp_path / "x.qmd").write_bytes(b"\xef\xbb\xbfa\r\nb\rc")
    assert read_text(tmp_path / "x.qmd", "x.qmd") == "a\nb\nc"


@pytest.mark.parametrize("name", [".env", "../outside.txt", "link.txt"])
def test_a_private_file_is_not_included(tmp_path: Path, name: str) -> None:
    write_files(tmp_path, {"outside.txt": "secret", "site/.env": "secret"})
    (tmp_path / "site/link.txt").symlink_to("../outside.txt")
    with pytest.raises(PageError, match=rf"^page.qmd:1: can't include '{name}': it is (hidden|outside the project)$"):
        include(tmp_path / "site", f"{{{{< include {name} >}}}}")
