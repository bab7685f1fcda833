"""The merge of one field: every combination of the table, earlier imports, and the current source."""

from __future__ import annotations

from typing import Any

import pytest

from octavo.errors import OctavoError
from octavo.importing.comparing import is_alike, is_same, may_abbreviate
from octavo.importing.decisions import Owner
from octavo.importing.matching import Joined
from octavo.importing.merging import Verdict, judge_field, merge_row, remember
from octavo.importing.provenance import find_rows, format_provenance, parse_provenance
from octavo.importing.record import FILE, INDEX, REGISTRY
from octavo.importing.statement import Statement


def say(value: Any, source: str = "refs.bib", rank: int = FILE, path: str = "title") -> Statement:
    return Statement({} if value is None else {path: value}, source, "key", rank, "2026-01-01")


def judge(yours: Any, said: Any, says: Any) -> Verdict:
    """`said` is what the source said when it was last imported (nothing: it never was), `says` what it says now."""
    before = None if said is None else say(said)
    return judge_field("title", yours, says, Joined(say(says), before), [before] if before else [])


@pytest.mark.parametrize(
    ("yours", "said", "says", "verdict"),
    [
        (None, None, "A", Verdict.WRITE),
        ("A", "A", "B", Verdict.WRITE),
        ("lynx", "lynx", "LYNX", Verdict.WRITE),
        ("C", "A", "A", Verdict.STAY),
        ("C", "A", "B", Verdict.CONFLICT),
        ("C", None, "B", Verdict.CONFLICT),
        ("a", None, "A", Verdict.STAY),
        (None, "A", "A", Verdict.STAY),
        (None, "A", "B", Verdict.CONFLICT),
        ("On *Rings* of Mine", "On Rings", "On *Rings*", Verdict.STAY),
        ("On Rings", "On Rings", "On *Rings*", Verdict.WRITE),
    ],
)
def test_the_owners_edits_always_win(yours: Any, said: Any, says: Any, verdict: Verdict) -> None:
    assert judge(yours, said, says) is verdict


def test_a_kept_value_stays_until_the_source_says_something_new() -> None:
    row, [before] = {"id": "a", "title": "C"}, [say("A")]
    joined = [Joined(say("B"), before)]
    assert [change.path for change in merge_row(row, joined, [before], Owner()).conflicts] == ["title"]
    assert remember([before], joined, {"title"}, "2026-02-02") == [before]  # still open, so never said
    assert merge_row(row, joined, [before], Owner(keep=["a.title"])).conflicts == []
    [kept] = remember([before], joined, set(), "2026-02-02")
    assert merge_row(row, [Joined(say("B"), kept)], [kept], Owner()).conflicts == []
    assert len(merge_row(row, [Joined(say("D"), kept)], [kept], Owner()).conflicts) == 1


@pytest.mark.parametrize(
    ("yours", "others", "rank", "says", "verdict"),
    [
        ("A", {"Crossref": ("A", REGISTRY)}, INDEX, "B", Verdict.OUTRANKED),
        ("A", {"Crossref": ("A", REGISTRY)}, INDEX, "a", Verdict.STAY),
        ("A", {"DBLP": ("A", INDEX)}, REGISTRY, "B", Verdict.WRITE),
        ("A", {"DBLP": ("A", INDEX)}, REGISTRY, "a", Verdict.STAY),
        ("A", {"old.bib": ("A", FILE)}, FILE, "B", Verdict.WRITE),
        ("B", {"old.bib": ("A", FILE)}, FILE, "A", Verdict.STAY),
        (None, {"old.bib": ("A", FILE)}, FILE, "A", Verdict.STAY),
        (None, {"old.bib": ("A", FILE)}, FILE, "B", Verdict.CONFLICT),
    ],
)
def test_the_better_source_wins_and_equal_values_are_not_repeated(
    yours: Any, others: dict[str, tuple[str, int]], rank: int, says: str, verdict: Verdict
) -> None:
    known = [say(value, source, of) for source, (value, of) in others.items()]
    assert judge_field("title", yours, says, Joined(say(says, "new", rank)), known) is verdict


def test_a_better_source_completes_a_name_and_a_date_and_a_lesser_one_doesnt_shorten_them() -> None:
    for path, short, full in (("date", "2020", "2020-05-17"), ("authors", ["E. Noether"], ["Emmy Noether"])):
        known = [say(short, "DBLP", INDEX, path)]
        assert judge_field(path, short, full, Joined(say(full, "Crossref", REGISTRY, path)), known) is Verdict.WRITE
        known = [say(full, "DBLP", INDEX, path)]
        assert judge_field(path, full, short, Joined(say(short, "refs.bib", FILE, path)), known) is Verdict.STAY


def test_two_disagreeing_files_do_not_overwrite_each_other_in_turns() -> None:
    """Each is imported after the other, again and again: only what a file newly says counts."""
    one, other = say("A", "one.bib"), say("B", "other.bib")
    row, known = {"id": "a", "title": "A"}, [one]
    assert merge_row(row, [Joined(other)], known, Owner()).changes[0].new == "B"
    known = remember(known, [Joined(other)], set(), "2026-02-02")
    for statement in known * 2:
        assert merge_row({"id": "a", "title": "B"}, [Joined(statement, statement)], known, Owner()).changes == []


def test_of_two_entries_in_one_run_the_one_with_a_new_value_wins() -> None:
    first, second = say("A", "one.bib"), say("A", "other.bib")
    joined = [Joined(first, first), Joined(say("B", "other.bib"), second)]
    merged = merge_row({"id": "a", "title": "A"}, joined, [first, second], Owner())
    assert [change.new for change in merged.changes] == ["B"]


def test_neither_of_two_entries_for_one_row_has_to_be_complete() -> None:
    """A row merged from both has the first one's title, even if no record of the merge is left."""
    joined = [Joined(say("A", "one.bib")), Joined(say("B", "other.bib"))]
    for title in "AB":
        merged = merge_row({"id": "a", "title": title}, joined, [], Owner())
        assert (merged.changes, merged.conflicts) == ([], [])


@pytest.mark.parametrize(
    ("path", "yours", "theirs", "alike"),
    [
        ("title", "LYNX: Efficient", "Lynx - efficient", True),
        ("title", "Lynx", "Lynxes", False),
        ("authors", ["E. Noether", "J.H. Ju"], ["Emmy Noether", "Jae Hyung Ju"], True),
        ("authors", ["E. Noether"], ["Anand Noether"], False),
        ("authors", ["E. Noether"], ["E. Noether", "J. Ju"], False),
        ("authors", ["G. Müller"], ["Gerd Muller"], True),
        ("date", "2026", "2026-07-07", True),
        ("date", "Summer 2025", "2025-07", True),
        ("date", "2025", "2026", False),
        ("doi", "10.1145/ABC", "10.1145/abc", True),
        ("arxiv", "2411.08982v2", "2411.08982", True),
        ("links.paper", "docs/paper.pdf", "https://example.org", True),
        ("page", "1-20", "1–20", True),
        ("status", "to appear", "published", False),
        ("type", "review", "article-journal", True),
        ("type", "article", "manuscript", True),
        ("type", "thesis", "book", False),
    ],
)
def test_trivial_differences_are_not_conflicts(path: str, yours: Any, theirs: Any, alike: bool) -> None:
    assert is_alike(path, yours, theirs) is alike


def test_an_author_marked_by_the_owner_is_the_owners() -> None:
    marked = [{"given": "E.", "family": "Noether", "equal": "true"}]
    assert is_same(["E. Noether"], [{"given": "E.", "family": "Noether"}])
    assert not is_same(["E. Noether"], marked)


@pytest.mark.parametrize(
    ("one", "other", "may"),
    [
        ("osdi", "usenix symposium on operating systems design and implementation", True),
        ("j mach learn res", "journal of machine learning research", True),
        ("proc of osdi", "osdi", True),
        ("handbook of a", "handbook of b", False),
        ("j a", "j b", False),
        ("icml", "journal of machine learning research", False),
    ],
)
def test_a_venue_may_be_abbreviated_by_words_or_initials(one: str, other: str, may: bool) -> None:
    assert (may_abbreviate(one, other), may_abbreviate(other, one)) == (may, may)


def test_the_provenance_is_read_back_as_it_was_written() -> None:
    provenance = {
        "b": [Statement({"title": "Ä", "date": "2020"}, "Crossref", "10.1000/1", REGISTRY, "2026-01-01")],
        "a": [Statement({"authors": ["A", {"family": "B"}]}, source, "", FILE, "2026-01-01") for source in ("x", "y")],
    }
    text = format_provenance(provenance)
    assert parse_provenance(text.encode(), "x") == provenance
    assert text == format_provenance(parse_provenance(text.encode(), "x"))
    assert text.startswith('{\n "a": [\n  {"source": "x", "key": "", "rank": 2, "date": "2026-01-01", "said": {\n')


def test_provenance_files_of_version_1_0_are_understood() -> None:
    old = """{"a": {
      "title": {"value": "T", "source": "refs.bib", "rank": 2, "date": "2025-01-01"},
      "doi": {"value": "10.1000/1", "source": "Crossref", "rank": 3, "date": "2025-01-01", "kept": true},
      "page": {"value": "1–2", "source": "refs.bib", "rank": 2, "date": "2025-01-01"}}}"""
    assert parse_provenance(old.encode(), "x") == {
        "a": [
            Statement({"title": "T", "page": "1–2"}, "refs.bib", "", FILE, "2025-01-01"),
            Statement({"doi": "10.1000/1"}, "Crossref", "", REGISTRY, "2025-01-01"),
        ]
    }


@pytest.mark.parametrize(
    "text", ["{", "[]", '{"a": 1}', '{"a": {"title": {"value": 1}}}', '{"a": [{}]}', "[" * 100_000]
)
def test_a_damaged_provenance_is_reported(text: str) -> None:
    with pytest.raises(OctavoError, match="this file isn't as a script wrote it"):
        parse_provenance(text.encode(), "data/provenance/publications.json")


SAID = {
    name: [Statement({"title": title, "authors": ["E. Noether"], "date": date}, "refs.bib", name)]
    for name, title, date in (("a", "On Trees", "2020"), ("b", "On Shrubs", "2021"))
}


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ([("a", "On Trees", "2020"), ("b", "On Shrubs", "2021")], {"a": "a", "b": "b"}),
        ([("a", "Edited", "1999"), ("b", "On Shrubs", "2021")], {"a": "a", "b": "b"}),
        ([("trees", "On Trees", "2020"), ("b", "On Shrubs", "2021")], {"a": "trees", "b": "b"}),
        ([("trees", "Edited", "2020"), ("b", "On Shrubs", "2021")], {"a": "trees", "b": "b"}),
        ([("b", "On Shrubs", "2021")], {"b": "b"}),
        ([("x", "Something", "1999"), ("b", "On Shrubs", "2021")], {"b": "b"}),
        ([("x", "On Trees", "2020"), ("y", "On Trees", "2020"), ("b", "On Shrubs", "2021")], {"b": "b"}),
    ],
)
def test_a_row_with_a_changed_id_is_found_by_its_record(
    rows: list[tuple[str, str, str]], found: dict[str, str]
) -> None:
    table = [{"id": name, "title": title, "authors": ["E. Noether"], "date": date} for name, title, date in rows]
    assert find_rows(SAID, table) == found
