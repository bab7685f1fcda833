"""What is the same work, what is another, and what only a person can tell."""

from __future__ import annotations

import pytest

from octavo.importing.matching import Answers, Groups, group_records
from octavo.importing.record import Record
from octavo.model.authors import Author

ROWS = [
    {
        "id": "vtc",
        "title": "VTC: DNN Compilation with Virtual Tensors for Data Movement Elimination",
        "authors": ["M. Hu", "E. Noether"],
        "date": "2026",
        "doi": "10.1145/ABC",
        "venue": "OSDI",
    },
    {"id": "lynx", "title": "Lynx: Efficient Inference", "authors": ["E. Noether"], "arxiv": "2411.08982v1"},
    {"id": "part-1", "title": "On the Theory of Rings, Part I", "authors": ["E. Noether"], "date": "1921"},
    {"id": "linked", "title": "Another", "authors": ["A"], "links": {"arxiv": "https://arxiv.org/abs/2501.00002"}},
]


def make(title: str, family: str = "Hu", issued: str = "2026", **values: str) -> Record:
    return Record("paper-conference", title, (Author(given="M.", family=family),), issued, place="here", **values)


def group(*records: Record) -> Groups:
    return group_records(ROWS, records, Answers())


def find(record: Record) -> str:
    """The id of its row, `new` or `question`."""
    groups = group(record)
    if groups.questions:
        return "question"
    return "new" if groups.new else str(ROWS[next(iter(groups.by_row))]["id"])


VTC = "VTC: DNN Compilation with Virtual Tensors for Data Movement Elimination"


@pytest.mark.parametrize(
    ("record", "row"),
    [
        (make("Anything", doi="10.1145/abc"), "vtc"),
        (make("Anything", arxiv="2411.08982"), "lynx"),
        (make("Anything", arxiv="2501.00002"), "linked"),
        (make(VTC), "vtc"),
        (make(VTC.lower().replace(":", " -")), "vtc"),
        (make(VTC.replace("Tensors", "Tensor")), "vtc"),
        (make(VTC.removeprefix("VTC: ")), "vtc"),
        (make(VTC, issued="2025"), "vtc"),
        (make(VTC, issued=""), "vtc"),
        (make(VTC, doi="10.1145/other"), "new"),
        (make(VTC, issued="2020"), "question"),
        (make(VTC, family="Smith"), "question"),
        (make("Compilation with Virtual Tensors for Data Movement Elimination"), "question"),
        (make(VTC, family="Smith", issued="2020"), "new"),
        (make("Something Else Entirely"), "new"),
        (make("On the Theory of Rings, Part I", "Noether", "1921"), "part-1"),
        (make("On the Theory of Rings, Part II", "Noether", "1921"), "question"),
    ],
)
def test_a_record_finds_its_row_or_none_or_asks(record: Record, row: str) -> None:
    assert find(record) == row


def test_a_preprint_is_the_paper_of_three_years_later() -> None:
    assert find(make(VTC, issued="2023", arxiv="2301.00001", status="preprint")) == "vtc"
    assert find(make(VTC, issued="2022", arxiv="2301.00001", status="preprint")) == "question"


def test_records_of_one_new_work_become_one_row() -> None:
    groups = group(
        make("A New Work on Many Things", arxiv="2501.00009", status="preprint"),
        make("Something", doi="10.1145/9", arxiv="2501.00009"),
        make("Anything", doi="10.1145/9"),
    )
    assert [len(records) for records in groups.new] == [3]


def test_a_record_that_names_two_rows_is_a_question() -> None:
    (question,) = group(make("Anything", doi="10.1145/abc", arxiv="2411.08982")).questions
    assert question.candidates == ("vtc", "lynx")
