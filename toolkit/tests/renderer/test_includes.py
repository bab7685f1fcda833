"""Lines and the files that are included among them."""

from __future__ import annotations

from pathlib import Path

import pytest

from octavo.errors import PageError
from octavo.renderer.includes import Line, find_include_faults, include_files, number_lines, read_text
from tests.renderer.small import write_files


def include(root: Path, text: str, folder: str = "") -> list[Line]:
    return list(include_files(root, folder, number_lines(text, "page.qmd")))


def test_an_included_line_knows_where_it_was_written(tmp_path: Path) -> None:
    write_files(tmp_path, {"_part.qmd": "one\ntwo\n"})
    assert include(tmp_path, "before\n{{< include _part.qmd >}}\nafter") == [
        Line("before", "page.qmd", 1),
        Line("one", "_part.qmd", 1),
        Line("two", "_part.qmd", 2),
        Line("after", "page.qmd", 3),
    ]


def test_a_file_counts_from_the_page_and_with_a_slash_from_the_project(tmp_path: Path) -> None:
    write_files(tmp_path, {"sub/_a.qmd": "{{< include deep/_b.qmd >}}", "sub/deep/_b.qmd": "b", "_c.qmd": "c"})
    lines = include(tmp_path, "{{< include _a.qmd >}}\n  {{< include /_c.qmd >}}", folder="sub")
    assert [line.text for line in lines] == ["b", "c"]


def test_an_include_within_a_line_is_left_alone(tmp_path: Path) -> None:
    text = "see {{< include x >}}\n{{{< include x >}}}\n`{{< include x >}}`"
    assert "\n".join(line.text for line in include(tmp_path, text)) == text


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("\n{{< include missing.qmd >}}", "page.qmd:2: there is no file `missing.qmd` to include"),
        ("```\n{{< include _part.qmd >}}\n```", "page.qmd:2: an include in a code block needs Quarto"),
        ("{{< include _self.qmd >}}", "_self.qmd:1: files include each other without end"),
        ("{{< include _bad.qmd >}}", "_bad.qmd:2: this is not UTF-8 text"),
    ],
)
def test_what_can_not_be_included_is_told(tmp_path: Path, text: str, message: str) -> None:
    write_files(tmp_path, {"_part.qmd": "x", "_self.qmd": "{{< include _self.qmd >}}"})
    (tmp_path / "_bad.qmd").write_bytes(b"fine\n\xff\n")
    with pytest.raises(PageError) as caught:
        include(tmp_path, text)
    assert str(caught.value) == message


def test_line_ends_of_other_systems_and_a_mark_of_byte_order_are_taken_away(tmp_path: Path) -> None:
    (tmp_path / "x.qmd").write_bytes(b"\xef\xbb\xbfa\r\nb\rc")
    assert read_text(tmp_path, "x.qmd") == "a\nb\nc"


@pytest.mark.parametrize(
    "text",
    [
        "{{< include .env >}}", "{{< include '.env' >}}", "{{< include.env >}}", "{{< INCLUDE .env >}}",
        "{{< include a=b .env >}}", "{{< include _part.qmd >}}", "{{< include '/../outside' >}}",
        "---\ninclude-in-header: .env\n---", "---\ninclude-before-body:\n- file: '.env'\n---",
        "---\nformat: {html: {include-after-body: [.env]}}\n---",
    ],
)  # fmt: skip
def test_in_whatever_way_quarto_includes_a_hidden_file_it_is_found(tmp_path: Path, text: str) -> None:
    write_files(tmp_path, {"page.qmd": text, "_part.qmd": "{{< include '.env' >}}", ".env": "secret"})
    assert [problem.message.split(":")[0] for problem in find_include_faults(tmp_path, "page.qmd")] == [
        "can't include '../outside'" if "outside" in text else "can't include '.env'"
    ]


def test_markup_of_an_option_is_no_file_and_other_includes_are_fine(tmp_path: Path) -> None:
    text = "---\ninclude-in-header:\n  text: <style>.menu {}</style>\n---\n{{< include '_part.qmd' >}}"
    write_files(tmp_path, {"page.qmd": text, "_part.qmd": "fine"})
    assert not list(find_include_faults(tmp_path, "page.qmd"))


def test_many_includes_without_an_end_are_read_at_once(tmp_path: Path) -> None:
    """Quadratic work would take minutes."""
    write_files(tmp_path, {"page.qmd": "{{< include " * 50_000 + "{{< include '.env' >}}", ".env": "secret"})
    assert len(list(find_include_faults(tmp_path, "page.qmd"))) == 1
