"""Runs: texts in pieces that are set alike."""

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


def test_a_link_to_a_file_of_a_site_without_address_is_text() -> None:
    assert markdown_runs("[cv](docs/cv.pdf)") == [{"text": "cv"}]


def test_a_formula_is_spelled() -> None:
    assert markdown_runs("*in* $O(n^2)$") == [{"text": "in", "emph": True}, {"text": " "}, {"text": "O(n²)"}]


@pytest.mark.parametrize("text", ["#let x = 1", "$5 and $10", "@b <c>", "[bad](javascript:alert(1))", "= a", "/* a */"])
def test_what_only_typst_would_read_is_text(text: str) -> None:
    assert "".join(str(run["text"]) for run in markdown_runs(text)) == text


def test_what_is_empty_gets_no_separator() -> None:
    assert join_runs(", ", [[], [plain_run("a")], [], [plain_run("b")]]) == [
        {"text": "a"},
        {"text": ", "},
        {"text": "b"},
    ]


def test_addresses_of_elsewhere_stay() -> None:
    assert make_absolute("mailto:a@e.org", "") == "mailto:a@e.org"
