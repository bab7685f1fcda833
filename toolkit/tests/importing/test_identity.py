"""Which entries describe the same work, which don't, and which only a person can tell."""

from __future__ import annotations

from typing import Any

import pytest

from octavo.importing.decisions import Decisions, Owner
from octavo.importing.editing.layout import read_table_text
from octavo.importing.matching import Matches, match_statements
from octavo.importing.provenance import Provenance
from octavo.importing.record import FILE, REGISTRY
from octavo.importing.statement import Statement

LONG = "Sorting Things by Their Names"


def say(key: str, source: str = "refs.bib", rank: int = FILE, **fields: Any) -> Statement:
    written = {"title": LONG, "authors": ["Emmy Noether"], "date": "2020", "type": "article-journal"} | fields
    said = {name.replace("__", "."): value for name, value in written.items() if value}
    return Statement(said, source, key, rank, "2026-01-01", f"{source}:{key}")


def match(
    *statements: Statement, rows: list[dict[str, Any]] | None = None, known: Provenance | None = None,
    answers: str = "", same: dict[str, str] | None = None, different: dict[str, str] | None = None,
) -> Matches:  # fmt: skip
    table = read_table_text(answers.encode(), "answers.yml")
    return match_statements(
        rows or [],
        known or {},
        Decisions(table, Owner(same=list((same or {}).items()), different=list((different or {}).items()))),
        statements,
    )


def judge(*statements: Statement, **given: Any) -> str:
    """The fate of the last statement: the row that it joins, `question`, `clash` for a reported new row, or `new`."""
    matches = match(*statements, **given)
    if any(question.statement is statements[-1] for question in matches.questions):
        return "question"
    target = next(t for t in matches.targets if any(one.statement is statements[-1] for one in t.joined))
    if target.row is not None or len(target.joined) > 1:
        return target.id
    return "clash" if matches.clashes else "new"


ARXIV = {"type": "article", "status": "preprint", "arxiv": "2001.00001"}
IN_JOURNAL = {"container_title": "Journal of Sorting", "volume": "3", "page": "1–20"}


@pytest.mark.parametrize(
    ("first", "second", "verdict"),
    [
        # conference and journal version, thesis and book, chapters of two books, two editorials, two parts
        ({"type": "paper-conference"}, {"date": "2021"}, "new"),
        ({"type": "thesis"}, {"type": "book", "date": "2021"}, "new"),
        ({"container_title": "Handbook of A"}, {"container_title": "Handbook of B"}, "new"),
        ({"container_title": "J. A", "issue": "1"}, {"container_title": "J. A", "issue": "2"}, "new"),
        ({"title": f"{LONG}, Part I"}, {"title": f"{LONG}, Part II"}, "new"),
        # a talk and a chapter
        ({"type": "document", "date": "2015-06-12"}, {"type": "chapter", "date": "2017"}, "new"),
        ({"type": "document"}, {"type": "chapter"}, "question"),
        # nothing but the title and the author
        ({}, {}, "question"),
        ({}, {"authors": ["David Hilbert"]}, "new"),
        ({}, {"title": LONG.replace("Things", "Thing")}, "question"),
        ({}, {"title": "Sorting Things by Other Names"}, "new"),
        ({"container_title": "JMLR"}, {"container_title": "Journal of Machine Learning Research"}, "question"),
        # the same article twice, and what may be two
        ({"venue": "J. A"}, {"venue": "J. A"}, "first"),
        ({"venue": "J. A"}, {"venue": "J. A", "doi": "10.1000/a", "volume": "3"}, "first"),
        ({"venue": "J. A"}, {"venue": "J. A", "date": "2021"}, "question"),
        ({"venue": "J. A", "date": "2020-03"}, {"venue": "J. A", "date": "2020"}, "first"),
        ({"venue": "J. A", "date": "2020-03"}, {"venue": "J. A", "date": "2020-04"}, "question"),
        ({"venue": "J. A"}, {"venue": "J. A", "date": None}, "question"),
        ({"venue": "J. A"}, {"venue": "J. A", "authors": ["Emmy Noether", "David Hilbert"]}, "question"),
        ({"venue": "J. A", "title": "Editorial"}, {"venue": "J. A", "title": "Editorial"}, "question"),
        ({"venue": "Patents", "type": "patent"}, {"venue": "Patents", "type": "patent"}, "question"),
        # identifiers
        ({"doi": "10.1000/a"}, {"doi": "10.1000/A"}, "first"),
        ({"doi": "10.1000/a", **IN_JOURNAL}, {"doi": "10.1000/a", **IN_JOURNAL}, "first"),
        ({"doi": "10.1000/a"}, {"doi": "10.1000/b"}, "new"),
        ({"doi": "10.1000/a"}, {"doi": "10.1000/a", "title": "Another Thing Entirely"}, "clash"),
        ({"arxiv": "2001.00001"}, {"arxiv": "2001.00001", "title": "Another Thing Entirely"}, "clash"),
        ({"doi": "10.1000/a", "page": "1–20"}, {"doi": "10.1000/a", "page": "2–30"}, "question"),
        ({"doi": "10.1000/a", "volume": "1"}, {"doi": "10.1000/a", "volume": "2"}, "question"),
        ({"doi": "10.1000/a"}, {"doi": "10.1000/a", "type": "chapter"}, "question"),
        # preprint and paper
        (ARXIV, IN_JOURNAL, "first"),
        (ARXIV, {**IN_JOURNAL, "arxiv": "2001.00001"}, "first"),
        (ARXIV, {**IN_JOURNAL, "arxiv": "2001.00002"}, "new"),
        (ARXIV, {**IN_JOURNAL, "date": "2023"}, "first"),
        (ARXIV, {**IN_JOURNAL, "date": "2024"}, "new"),
        ({**ARXIV, "date": "2022"}, IN_JOURNAL, "question"),
        (ARXIV, {**IN_JOURNAL, "authors": ["Emmy Noether", "David Hilbert"]}, "question"),
    ],
)  # fmt: skip
def test_two_entries_of_one_file_are_one_work_only_if_that_is_certain(
    first: dict[str, Any], second: dict[str, Any], verdict: str
) -> None:
    assert judge(say("first", **first), say("second", **second)) == verdict
    swapped = judge(say("second", **second), say("first", **first))
    assert swapped == verdict.replace("first", "second")


ROW = {"id": "row", "title": LONG, "authors": ["E. Noether"], "date": "2020", "type": "article-journal"}


@pytest.mark.parametrize(
    ("row", "entry", "verdict"),
    [
        ({}, {}, "row"),
        ({"venue": "JMLR"}, {"container_title": "Journal of Machine Learning Research"}, "row"),
        ({"venue": "JMLR"}, {"container_title": "Annals of Sorting"}, "question"),
        ({}, {"authors": ["Emmy Noether", "David Hilbert"]}, "question"),
        ({}, {"authors": ["David Hilbert"]}, "question"),
        ({}, {"date": "2021"}, "question"),
        ({}, {"type": "chapter"}, "question"),
        ({"title": "Editorial"}, {"title": "Editorial"}, "question"),
        ({"title": "Editorial", "venue": "JMLR"}, {"title": "Editorial", "container_title": "JMLR"}, "row"),
        ({"venue": "JMLR", "page": "1–3"}, {"container_title": "JMLR", "page": "50–53"}, "new"),
        ({"doi": "10.1000/a"}, {"doi": "10.1000/a", "title": LONG.upper()}, "row"),
        ({"doi": "10.1000/a"}, {"doi": "10.1000/a", "title": "Another Thing Entirely"}, "question"),
        ({"doi": "10.1000/a"}, {"doi": "10.1000/b"}, "new"),
        ({"status": "under submission", "type": "article"}, {"container_title": "JMLR"}, "row"),
        ({"links": {"doi": "https://doi.org/10.1000/a"}}, {"doi": "10.1000/a"}, "row"),
    ],
)
def test_an_entry_matches_a_hand_written_row_only_if_nothing_contradicts(
    row: dict[str, Any], entry: dict[str, Any], verdict: str
) -> None:
    assert judge(say("entry", **entry), rows=[ROW | row]) == verdict


def test_a_work_looked_up_by_identifier_may_differ_in_title_but_not_in_first_author() -> None:
    rows = [ROW | {"doi": "10.1000/a"}]
    found = say("10.1000/a", "Crossref", REGISTRY, title="Another Thing Entirely", doi="10.1000/a")
    assert judge(found, rows=rows) == "row"
    found = say("10.1000/a", "Crossref", REGISTRY, title="All of Them", authors=["D. Hilbert"], doi="10.1000/a")
    assert judge(found, rows=rows) == "question"


def test_an_entry_that_fits_two_rows_is_a_question() -> None:
    rows = [ROW, ROW | {"id": "other"}]
    [question] = match(say("entry"), rows=rows).questions
    assert question.candidates == ("row", "other")
    assert judge(say("other"), rows=rows) == "other"  # the row's own id decides


@pytest.mark.parametrize("edited", [{"title": "On Trees"}, {"authors": ["D. Hilbert"]}, {"date": "2011"}, {"doi": ""}])
def test_a_row_is_found_by_its_entrys_earlier_values_whatever_the_owner_changed(edited: dict[str, Any]) -> None:
    entry = say("entry", doi="10.1000/a")
    rows = [ROW | {"doi": "10.1000/a"} | edited]
    assert judge(entry, rows=rows, known={"row": [entry]}) == "row"
    corrected = say("entry", doi="10.1000/a", page="1–2")
    assert judge(corrected, rows=rows, known={"row": [entry]}) == "row"


def test_a_row_is_found_when_its_file_or_its_key_has_another_name() -> None:
    rows, known = [ROW | {"title": "On Trees"}], {"row": [say("entry")]}
    assert judge(say("entry", "renamed.bib"), rows=rows, known=known) == "row"
    assert judge(say("renamed"), rows=rows, known=known) == "row"
    assert judge(say(""), rows=rows, known={"row": [say("")]}) == "row"


def test_an_entry_without_a_key_replaces_its_earlier_values() -> None:
    before = say("", page="1–2")
    matches = match(say("", page="1–20"), rows=[ROW], known={"row": [before]})
    assert [one.before for one in matches.targets[0].joined] == [before]


def test_other_pages_in_place_of_an_entry_without_a_key_are_a_question_and_no_new_row() -> None:
    before = say("", container_title="J", page="1–2")
    rows = [ROW | {"container_title": "J", "page": "1–2"}]
    assert judge(say("", container_title="J", page="1–20"), rows=rows, known={"row": [before]}) == "question"


def test_two_rows_with_equal_records_each_keep_their_own_entry() -> None:
    rows, known = [ROW, ROW | {"id": "other"}], {"row": [say("first")], "other": [say("second")]}
    matches = match(say("second"), say("first"), rows=rows, known=known)
    assert [[one.statement.key for one in target.joined] for target in matches.targets] == [["first"], ["second"]]


def test_a_key_that_now_belongs_to_another_work_is_not_evidence() -> None:
    rows, known = [ROW | {"title": "On Trees"}], {"row": [say("noether2020", title="On Trees")]}
    assert judge(say("noether2020"), rows=rows, known=known) == "row"  # only retitled
    assert judge(say("noether2020", page="7"), rows=rows, known=known) == "question"
    assert judge(say("noether2020", authors=["Gottfried Noether"]), rows=rows, known=known) == "question"
    assert judge(say("noether2020", authors=["David Hilbert"]), rows=rows, known=known) == "new"


def test_numbers_that_serve_as_keys_may_shift() -> None:
    first, second = say("1", title="On Trees"), say("2", title="On Shrubs")
    rows = [ROW | {"id": "trees", "title": "On Trees"}, ROW | {"id": "shrubs", "title": "On Shrubs"}]
    inserted = [say("1", title="On Grass"), say("2", title="On Trees"), say("3", title="On Shrubs")]
    matches = match(*inserted, rows=rows, known={"trees": [first], "shrubs": [second]})
    assert [[one.statement.key for one in target.joined] for target in matches.targets] == [["2"], ["3"], ["1"]]


def test_the_other_version_in_the_same_file_keeps_an_entry_from_its_row() -> None:
    conference, journal = say("a", type="paper-conference"), say("b", type="article-journal", date="2021")
    rows = [ROW | {"type": "paper-conference"}]
    assert judge(conference, journal, rows=rows, known={"row": [conference]}) == "new"


ANSWER = "- entry: entry\n  source: refs.bib\n  title: {title}\n  row: row\n  answer: {answer}\n"


@pytest.mark.parametrize(("answer", "verdict"), [("same", "row"), ("different", "new"), ("", "question")])
def test_an_answer_in_the_file_decides_and_a_question_stays_one(answer: str, verdict: str) -> None:
    entry = say("entry", type="chapter")
    answers = ANSWER.format(title=LONG, answer=answer)
    assert judge(entry, rows=[ROW], answers=answers) == verdict
    assert judge(say("entry", doi="10.1000/a"), rows=[ROW | {"doi": "10.1000/a"}], answers=answers) == verdict


def test_an_answer_still_holds_when_the_file_is_renamed() -> None:
    answers = ANSWER.format(title=LONG, answer="same")
    assert judge(say("entry", "renamed.bib", type="chapter"), rows=[ROW], answers=answers) == "row"
    other = say("entry", title="Another Thing Entirely")
    assert judge(other, rows=[ROW], answers=answers) == "new"


@pytest.mark.parametrize("name", ["entry", "refs.bib:entry"])
def test_an_answer_is_given_by_the_entrys_key_or_place(name: str) -> None:
    entry = say("entry", type="chapter")
    assert judge(entry, rows=[ROW], same={name: "row"}) == "row"
    assert judge(entry, rows=[ROW], different={name: "row"}) == "new"
    assert judge(entry, rows=[ROW], different={name: ""}) == "new"


def test_an_entry_may_be_different_from_several_rows() -> None:
    rows, entry = [ROW, ROW | {"id": "other"}], say("entry")
    table = read_table_text(b"", "answers.yml")
    given = Owner(different=[("entry", "row"), ("entry", "other")])
    assert match_statements(rows, {}, Decisions(table, given), [entry]).questions == []
    [question] = match(say("entry", type="chapter"), rows=rows, different={"entry": "row"}).questions
    assert question.candidates == ("other",)


def test_an_answer_may_name_a_row_that_the_same_run_adds() -> None:
    statements = [say("second"), say("first")]
    assert judge(*statements, same={"first": "second"}) == "second"
    matches = match(*statements[::-1], same={"first": "second"})
    assert [len(target.joined) for target in matches.targets] == [2]
