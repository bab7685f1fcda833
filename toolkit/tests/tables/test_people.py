"""People: authors with one of their names link to them, wherever authors are shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from octavo import listings
from octavo.model.authors import Author
from octavo.model.publications import Publication
from octavo.tables import check_tables, load_profile, load_rows, load_table
from tests.tables import write_paper, write_tables

ARTIN = "- {name: Emil Artin, names: [E. Artin, Artin], url: https://artin.example/, orcid: 0000-0002-1825-0097}\n"


def write(project: Path, people: str, authors: str, profile: str = "name: E. Noether\n") -> Path:
    paper = write_paper("a").replace("[E. Noether]", f"[{authors}]")
    return write_tables(project, profile=profile, people=people, publications=paper)


def read_authors(data: Path) -> tuple[Author, ...]:
    [paper] = load_rows(Publication, data)
    return paper.authors


@pytest.mark.parametrize("spelling", ["Emil Artin", "'Artin, E.'", "E Artin", "{family: Artin}"])
def test_an_author_with_any_of_the_names_has_the_persons_address(tmp_path: Path, spelling: str) -> None:
    [author] = read_authors(write(tmp_path, ARTIN, spelling))
    assert (author.address, author.known_as) == ("https://artin.example/", "Emil Artin")
    assert author.orcid == "0000-0002-1825-0097"


@pytest.mark.parametrize("spelling", ["F. Artin", "Emil A. Artin", "'{Artin}, E.'", "E. Artinian"])
def test_a_namesake_has_no_address(tmp_path: Path, spelling: str) -> None:
    if spelling.startswith("'{"):
        spelling = "{literal: Artin School}"
    [author] = read_authors(write(tmp_path, ARTIN, spelling))
    assert (author.address, author.known_as) == ("", "")


def test_names_lead_to_the_orcid_page_of_a_person_without_homepage(tmp_path: Path) -> None:
    people = "- {name: E. Artin, orcid: 0000-0002-1825-0097}\n"
    [author] = read_authors(write(tmp_path, people, "E. Artin"))
    assert author.address == "https://orcid.org/0000-0002-1825-0097"


def test_a_name_of_two_people_is_reported_and_not_linked(tmp_path: Path) -> None:
    data = write(tmp_path, f"{ARTIN}- {{name: Else Artin, names: [E. Artin], url: https://x.example/}}\n", "E. Artin")
    [problem] = check_tables(data)
    assert (problem.line, problem.severity) == (2, "warning")
    assert problem.message == (
        "people[1].names[0]: 'E. Artin' is also that of people[0] (line 1); "
        "authors of this name aren't linked unless they have an ORCID iD"
    )
    assert read_authors(data)[0].address == ""


def test_an_orcid_tells_people_of_one_name_apart(tmp_path: Path) -> None:
    people = f"{ARTIN}- {{name: Else Artin, names: [E. Artin], orcid: 0000-0001-5109-3700, url: https://x.example/}}\n"
    names = (
        "{given: E., family: Artin, orcid: 0000-0001-5109-3700}, {given: E., family: Artin, orcid: 0000-0002-1694-233X}"
    )
    known, stranger = read_authors(write(tmp_path, people, names))
    assert (known.known_as, stranger.known_as) == ("Else Artin", "")


def test_an_author_with_another_orcid_is_another_person(tmp_path: Path) -> None:
    data = write(tmp_path, ARTIN, "{given: E., family: Artin, orcid: 0000-0001-5109-3700}")
    assert read_authors(data)[0].known_as == ""


def test_two_people_with_one_orcid_are_an_error(tmp_path: Path) -> None:
    data = write(tmp_path, ARTIN + ARTIN.replace("Emil Artin, names: [E. Artin, Artin]", "Else Artin"), "E. Artin")
    [problem] = check_tables(data)
    assert "people[1].orcid: '0000-0002-1825-0097' is also the orcid of another row (line 1" in problem.message


def test_the_owner_is_never_linked_and_a_person_of_the_same_name_is_reported(tmp_path: Path) -> None:
    data = write(tmp_path, "- {name: E. Noether, url: https://x.example/}\n", "E. Noether")
    assert read_authors(data)[0].address == ""
    [problem] = check_tables(data)
    assert problem.message.startswith("people[0].name: 'E. Noether' is also the owner's;")


def test_two_people_in_one_name_are_an_error(tmp_path: Path) -> None:
    data = write(tmp_path, "- {name: E. Artin and E. Noether}\n", "E. Artin")
    [problem] = check_tables(data)
    assert "people[0].name: 'E. Artin and E. Noether' is not one author" in problem.message


def test_a_hidden_person_is_not_linked(tmp_path: Path) -> None:
    assert read_authors(write(tmp_path, ARTIN.replace("}", ", hidden: true}"), "E. Artin"))[0].address == ""


def test_rows_follow_the_people_that_were_edited(tmp_path: Path) -> None:
    data = write(tmp_path, ARTIN, "E. Artin")
    assert read_authors(data)[0].address == "https://artin.example/"
    (data / "people.yml").write_text("[]", encoding="utf-8")
    assert read_authors(data)[0].address == ""


def test_a_list_links_coauthors_and_the_facet_has_one_name_for_each(tmp_path: Path) -> None:
    first, second = write_paper("a"), write_paper("b", "date: 1921")
    papers = first.replace("E. Noether", "E. Artin, E. Noether") + second.replace("E. Noether", "Emil Artin, X. Y.")
    papers += "".join(write_paper(f"alone{number}") for number in range(20))  # enough for controls
    data = write_tables(tmp_path, profile="name: E. Noether\n", people=ARTIN, publications=papers)
    shown = listings.publication_explorer(load_table("publications", data), owner=load_profile(data)) or ""
    assert '<p class="authors"><a href="https://artin.example/">E. Artin</a>, <strong>E. Noether</strong></p>' in shown
    assert '"key":"coauthor","label":"Co-author","values":["Emil Artin","X. Y."]' in shown
