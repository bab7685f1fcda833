"""Authors: names in their parts, read as people and BibTeX write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from octavo.model.authors import Author, parse_author

NAMES = [
    ("E. Noether", Author(given="E.", family="Noether")),
    ("Noether, E.", Author(given="E.", family="Noether")),
    ("J.H. Ju", Author(given="J.H.", family="Ju")),
    ("Plato", Author(family="Plato")),
    ("Anna van der Berg", Author(given="Anna", particle="van der", family="Berg")),
    ("van der Berg, Anna", Author(given="Anna", particle="van der", family="Berg")),
    ("Ludwig van Beethoven", Author(given="Ludwig", particle="van", family="Beethoven")),
    ("van Beethoven", Author(particle="van", family="Beethoven")),
    ("Juan de la Cruz Garcia", Author(given="Juan", particle="de la", family="Cruz Garcia")),
    ("de la Cruz Garcia, Juan Carlos", Author(given="Juan Carlos", particle="de la", family="Cruz Garcia")),
    ("Jean le Rond d'Alembert", Author(given="Jean", particle="le", family="Rond d'Alembert")),
    ("Vincent Van Gogh", Author(given="Vincent Van", family="Gogh")),
    ("Van Gogh, Vincent", Author(given="Vincent", family="Van Gogh")),
    ("bell hooks", Author(given="bell", family="hooks")),
    ("Martin Luther King Jr.", Author(given="Martin Luther", family="King", suffix="Jr.")),
    ("King, Jr., Martin Luther", Author(given="Martin Luther", family="King", suffix="Jr.")),
    ("King Jr., Martin Luther", Author(given="Martin Luther", family="King", suffix="Jr.")),
    ("Martin Luther King, Jr.", Author(given="Martin Luther", family="King", suffix="Jr.")),
    ("Henry Ford III", Author(given="Henry", family="Ford", suffix="III")),
    ("Jean-Paul O'Brien-Øster", Author(given="Jean-Paul", family="O'Brien-Øster")),
    ("李 明", Author(given="李", family="明")),
    ("St. John, Henry", Author(given="Henry", family="St. John")),
    ("{The LIGO Collaboration}", Author(literal="The LIGO Collaboration")),
    ("{ Barnes, Noble & Co. }", Author(literal="Barnes, Noble & Co.")),
    ("{et al.}", Author(literal="et al.")),
    ("  E.   Noether ", Author(given="E.", family="Noether")),
]


@pytest.mark.parametrize(("text", "author"), NAMES)
def test_is_read_in_its_parts(text: str, author: Author) -> None:
    assert parse_author(text) == author


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Noether, E.", "E. Noether"),
        ("van der Berg, Anna", "Anna van der Berg"),
        ("King, Jr., Martin Luther", "Martin Luther King Jr."),
        ("{The LIGO Collaboration}", "The LIGO Collaboration"),
        ("Plato", "Plato"),
    ],
)
def test_is_shown_in_reading_order(text: str, shown: str) -> None:
    assert str(parse_author(text)) == shown


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("", "'' is not a name"),
        ("et al.", "cuts the list (name every author, or put the words in braces: '{et al.}')"),
        ("Others", "cuts the list"),
        ("Noether, et al.", "cuts the list"),
        ("E. Noether*", "equal: true"),
        ("E. Noether†", "corresponding: true"),
        ("Noether, E., Iyer, A.", "is not one author (expected each as an item"),
        ("E. Noether, A. Iyer", "is not one author"),
        ("J.-P. Serre, A. Weil", "is not one author"),
        ("E. Noether, A. Iyer, R. Singhal", "is not one author"),
        ("E. Noether and A. Iyer", "is not one author"),
        ("Barnes & Noble", "is not one author"),
        ("Noether; Iyer", "is not one author"),
        ("Noether,", "is not a name"),
        (", V.", "is not a name"),
        ("{LIGO} Team", "stray braces"),
        ("V. Gupt}a", "stray braces"),
        ("{}", "stray braces"),
        ("{a{b}}", "stray braces"),
    ],
)
def test_refuses_what_is_not_one_name_and_says_how_to_write_it(text: str, advice: str) -> None:
    with pytest.raises(ValueError, match=r"(is|has|cuts|ends) ") as refusal:
        parse_author(text)
    assert advice in str(refusal.value)


OWN = ["E. Noether", "e. noether", "E Noether", "E.Noether", "Noether, E.", "E.  NOETHER"]
OTHERS = ["F. Noether", "Noether", "E. K. Noether", "Emmy Noether", "E. Noethers", "", "{E.} Noether"]


@pytest.mark.parametrize("written", OWN)
def test_is_the_owner_however_the_owner_wrote_the_name(written: str) -> None:
    assert parse_author("E. Noether").is_named([written])


@pytest.mark.parametrize("written", OTHERS)
def test_is_not_the_owner_when_any_part_differs(written: str) -> None:
    assert not parse_author("E. Noether").is_named([written])


def test_is_the_owner_by_any_of_several_names() -> None:
    names = ["E. Noether", "Emmy Noether"]
    assert [parse_author(name).is_named(names) for name in ("Noether, Emmy", "F. Noether")] == [True, False]


def test_is_the_owner_however_accents_are_encoded() -> None:
    assert parse_author("E. No\u0308ther").is_named(["E. N\u00f6ther"])


def test_is_nobody_without_names() -> None:
    assert not parse_author("E. Noether").is_named([])


WORD = st.text(st.characters(categories=["Lu", "Ll", "Lo"]), min_size=1, max_size=8)
CAPITALIZED = WORD.map(lambda word: "X" + word).filter(lambda word: word.lower() not in {"xjr", "xsr"})


@given(st.lists(CAPITALIZED, min_size=1, max_size=3), CAPITALIZED, st.sampled_from(["", "van", "de la"]))
def test_reads_both_orders_alike(given_names: list[str], family: str, particle: str) -> None:
    reading = " ".join([*given_names, *particle.split(), family])
    catalogue = " ".join([*particle.split(), family]) + ", " + " ".join(given_names)
    assert parse_author(reading) == parse_author(catalogue)


@given(st.text())
def test_loses_no_word_of_any_name_that_it_reads(text: str) -> None:
    try:
        author = parse_author(text)
    except ValueError:
        return
    assert sorted(str(author).split()) == sorted(text.replace(",", " ").split()) or author.literal
