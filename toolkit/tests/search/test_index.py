"""The index: maps terms to entries."""

from __future__ import annotations

from markupsafe import escape

from octavo.search.entries import Entry
from octavo.search.index import make_index


def make_entry(*fields: str) -> Entry:
    title, people, place, text = [*fields, "", "", "", ""][:4]
    return Entry("a.html", escape(title), "", (title, people, place, text))


def test_the_entries_of_a_term_are_written_by_weight_as_steps_in_base_36() -> None:
    entries = [make_entry("rings"), *[make_entry("", "x")] * 39, make_entry("", "artin", "", "artin rings")]
    index = make_index(entries)
    lines = index.pieces[0].splitlines()
    assert "ringsT0X14" in lines
    assert "artinA14" in lines
    assert lines[-1].startswith("xA1,1,1")


def test_a_very_common_word_is_indexed_only_in_titles() -> None:
    common = make_index([make_entry("the", "", "", ""), *[make_entry("", "", "", "the")] * 1000])
    assert common.pieces == ["theT0X*\n"]
    rare = make_index([make_entry("", "", "", "the")] * 250)
    assert "*" not in rare.pieces[0]


def test_pieces_of_the_index_are_in_the_string_order_of_javascript() -> None:
    words = [f"{letter}{number}" for letter in ("a", "\ufe73", "\U00010400") for number in range(3000)]
    index = make_index([make_entry(word) for word in words])
    assert len(index.pieces) > 2
    assert [piece.partition("T")[0] for piece in index.pieces] == index.first
    assert index.terms == sorted(index.terms, key=lambda term: term.encode("utf-16-be"))
    assert "".join(index.pieces).count("\n") == len(index.terms)
    assert max(map(len, index.pieces)) <= 16_000


def test_without_entries_the_index_is_empty() -> None:
    assert make_index([]) == ([], [], [])
