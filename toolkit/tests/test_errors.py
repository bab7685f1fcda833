"""Errors: what they say where they are many."""

from __future__ import annotations

from octavo.errors import DataError, Problem, describe_problems


def make_problems(errors: int, warnings: int) -> list[Problem]:
    """So many warnings, and behind them so many errors."""
    return [
        *(Problem("data/news.yml", line, 1, "odd", "warning") for line in range(1, warnings + 1)),
        *(Problem("data/publications.yml", line, 1, "wrong") for line in range(1, errors + 1)),
    ]


def test_a_hundred_problems_are_told_in_their_order() -> None:
    problems = make_problems(50, 50)
    assert describe_problems(problems) == "\n".join(map(str, problems))


def test_of_more_the_first_are_told_errors_foremost() -> None:
    told = describe_problems(make_problems(60, 1_000)).splitlines()
    assert told[0] == "data/publications.yml:1:1: wrong"
    assert told[59:61] == ["data/publications.yml:60:1: wrong", "data/news.yml:1:1: warning: odd"]
    assert told[-1] == "… and 960 more, which scripts/check_data.py lists"
    assert len(told) == 101


def test_an_error_has_all_the_problems_whatever_its_text_says() -> None:
    error = DataError(make_problems(500, 0))
    assert len(error.problems) == 500
    assert str(error).endswith("and 400 more, which scripts/check_data.py lists")
