"""The merge of one field: every case of what the table, the last source and this one say."""

from __future__ import annotations

from typing import Any

import pytest

from octavo.errors import OctavoError
from octavo.importing.comparing import is_alike, is_same
from octavo.importing.describing import Offer
from octavo.importing.merging import Verdict, judge_field
from octavo.importing.provenance import Origin, format_provenance, parse_provenance
from octavo.importing.record import FILE, INDEX, REGISTRY


def judge(yours: Any, said: Any, says: Any, *, kept: bool = False, rank: int = FILE, was: int = FILE) -> Verdict:
    """`said` is what a script wrote (nothing: it never did), `says` what the source says now."""
    origin = None if said is None else Origin(said, "refs.bib", was, "2026-01-01", kept)
    return judge_field("title", yours, Offer(says, "refs.bib", rank, "refs.bib:1:1"), origin)


@pytest.mark.parametrize(
    ("yours", "said", "says", "verdict"),
    [
        (None, None, "A", Verdict.WRITE),
        ("A", None, "A", Verdict.SAME),
        ("A", "A", "A", Verdict.SAME),
        ("A", "A", "B", Verdict.WRITE),
        ("B", "A", "B", Verdict.SAME),
        ("C", "A", "A", Verdict.STAY),
        ("C", "A", "B", Verdict.CONFLICT),
        ("C", None, "B", Verdict.CONFLICT),
        ("a", None, "A", Verdict.STAY),
        (None, "A", "A", Verdict.STAY),
        (None, "A", "B", Verdict.CONFLICT),
    ],
)
def test_the_owners_hand_always_wins(yours: Any, said: Any, says: Any, verdict: Verdict) -> None:
    assert judge(yours, said, says) is verdict


def test_a_kept_value_stays_until_the_source_says_something_new() -> None:
    assert judge("C", "B", "B", kept=True) is Verdict.STAY
    assert judge("C", "B", "D", kept=True) is Verdict.CONFLICT
    assert judge("B", "B", "D", kept=True) is Verdict.CONFLICT


def test_a_lesser_source_does_not_change_what_a_better_one_said() -> None:
    assert judge("A", "A", "B", rank=INDEX, was=REGISTRY) is Verdict.OUTRANKED
    assert judge("A", "A", "B", rank=REGISTRY, was=INDEX) is Verdict.WRITE


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
    ],
)
def test_what_a_person_would_not_call_a_difference_is_no_conflict(
    path: str, yours: Any, theirs: Any, alike: bool
) -> None:
    assert is_alike(path, yours, theirs) is alike


def test_an_author_marked_by_the_owner_is_the_owners() -> None:
    marked = [{"given": "E.", "family": "Noether", "equal": "true"}]
    assert is_same(["E. Noether"], [{"given": "E.", "family": "Noether"}])
    assert not is_same(["E. Noether"], marked)


def test_the_provenance_is_read_back_as_it_was_written() -> None:
    provenance = {
        "b": {"title": Origin("Ä", "Crossref", REGISTRY, "2026-01-01")},
        "a": {"authors": Origin(["A", {"family": "B"}], "refs.bib", FILE, "2026-01-01", kept=True)},
    }
    text = format_provenance(provenance)
    assert parse_provenance(text, "x") == provenance
    assert text == format_provenance(parse_provenance(text, "x"))
    assert text.startswith('{\n "a": {\n  "authors": {"value": ["A", {"family": "B"}], "source": "refs.bib"')


@pytest.mark.parametrize("text", ["{", "[]", '{"a": 1}', '{"a": {"title": {"value": 1}}}', "[" * 100_000])
def test_a_damaged_provenance_is_told(text: str) -> None:
    with pytest.raises(OctavoError, match="this file isn't as a script wrote it"):
        parse_provenance(text, "data/provenance/publications.json")
