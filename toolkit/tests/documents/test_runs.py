"""Runs: pieces of text with the same style."""

from __future__ import annotations

import pytest

from octavo.documents.runs import join_runs, make_absolute, markdown_runs, plain_run


def test_marks_become_styles() -> None:
    assert markdown_runs("a *b **c*** `d`") == [
        {"text": "a "},
        {"text": "b ", "emph": True},
        {"text": "c", "emph": True, "strong": True},
        {"text": " "},
        {"text": "d", "code": True},
    ]


def test_a_link_to_a_file_of_the_site_is_absolute() -> None:
    assert markdown_runs("[cv](docs/cv.pdf)", "https://e.org") == [{"text": "cv", "link": "https://e.org/docs/cv.pdf"}]


def test_a_link_to_a_file_is_text_if_the_site_has_no_address() -> None:
    assert markdown_runs("[cv](docs/cv.pdf)") == [{"text": "cv"}]


def test_a_formula_becomes_unicode() -> None:
    assert markdown_runs("*in* $O(n^2)$") == [{"text": "in", "emph": True}, {"text": " "}, {"text": "O(n²)"}]


@pytest.mark.parametrize("text", ["#let x = 1", "$5 and $10", "@b <c>", "[bad](javascript:alert(1))", "= a", "/* a */"])
def test_typst_markup_is_text(text: str) -> None:
    assert "".join(str(run["text"]) for run in markdown_runs(text)) == text


def test_empty_parts_get_no_separator() -> None:
    assert join_runs(", ", [[], [plain_run("a")], [], [plain_run("b")]]) == [
        {"text": "a"},
        {"text": ", "},
        {"text": "b"},
    ]


def test_addresses_of_other_sites_stay() -> None:
    assert make_absolute("mailto:a@e.org", "") == "mailto:a@e.org"
