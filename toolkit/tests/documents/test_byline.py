"""The byline: authors as documents print them."""

from __future__ import annotations

import pytest

from octavo.documents.entries import author_runs
from octavo.model.authors import Author, parse_author


def read(names: list[Author], owner: list[str]) -> str:
    """The byline, with strong names in asterisks."""
    runs = author_runs(names, owner)
    return "".join(f"*{run['text']}*" if run.get("strong") else str(run["text"]) for run in runs)


def test_the_owner_is_strong_among_others() -> None:
    assert read([parse_author("F. Noether"), parse_author("E. Noether")], ["E. Noether"]) == "F. Noether, *E. Noether*"


def test_a_single_owner_is_not_strong() -> None:
    assert read([parse_author("E. Noether")], ["E. Noether"]) == "E. Noether"


def test_marks_stand_for_equal_contribution_and_correspondence() -> None:
    authors = [Author(given="A.", family="B", equal=True), Author(given="C.", family="D", corresponding=True)]
    assert read(authors, []) == "A. B*, C. D†"


@pytest.mark.parametrize(
    ("address", "site_url", "link"),
    [
        ("https://artin.example/", "", "https://artin.example/"),
        ("people.html#artin", "https://noether.example", "https://noether.example/people.html#artin"),
        ("people.html#artin", "", None),
        ("", "https://noether.example", None),
    ],
)
def test_known_people_are_linked_as_on_the_pages(address: str, site_url: str, link: str | None) -> None:
    [run] = author_runs([Author(given="E.", family="Artin", address=address)], (), site_url)
    assert run.get("link") == link


def test_a_long_byline_names_the_first_authors_and_the_owner() -> None:
    authors = [parse_author(f"A. Author{number}") for number in range(40)]
    first = ", ".join(f"A. Author{number}" for number in range(10))
    assert read(authors, ["A. Author33"]) == f"{first}, … and 30 more, including *A. Author33*"
