"""Capitals that a bibliography style may not lower."""

import pytest

from octavo.citations.bibtex import escape_title


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("LYNX: Efficient MoE Inference", "{LYNX}: Efficient {MoE} Inference"),
        ("Workload-Agnostic LLM Serving", "Workload-Agnostic {LLM} Serving"),
        ("Multi-LLM and V2V systems", "Multi-{LLM} and {V2V} systems"),
        ("iPhones, eBay and McDonald", "{iPhones}, {eBay} and {McDonald}"),
        ("On X-Ray Images in C", "On {X}-Ray Images in {C}"),
        ("Learning to Count: A Neural Network", "Learning to Count: A Neural Network"),
    ],
)
def test_capitals_beyond_the_first_letter_are_kept_in_any_title(title: str, expected: str) -> None:
    assert escape_title(title) == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Beweis eines Hauptsatzes in der Theorie", "Beweis eines {Hauptsatzes} in der {Theorie}"),
        ("Learning to count in Bayesian networks", "Learning to count in {Bayesian} networks"),
        ("A model (Markov’s) that works: Counting", "A model ({Markov’s}) that works: Counting"),
        ("Zur „Größe“ und zur „Welt“", "Zur „{Größe}“ und zur „{Welt}“"),
    ],
)
def test_in_sentence_case_every_inner_capital_is_kept(title: str, expected: str) -> None:
    assert escape_title(title) == expected


def test_in_title_case_a_capital_at_a_words_start_is_left_to_the_style() -> None:
    title = "Performance Analysis of a Visible Light Communication System with the Best of All"
    assert escape_title(title) == title
