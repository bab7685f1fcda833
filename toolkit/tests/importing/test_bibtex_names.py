"""Names in a BibTeX `author` field: what braces and TeX do to them, and where a list of names ends."""

from __future__ import annotations

import pytest

from octavo.importing.readers.bibtex_names import decode_name, parse_names
from octavo.model.authors import Author, parse_author
from tests.model.test_authors import NAMES


@pytest.mark.parametrize(
    ("written", "author"),
    [
        # A TeX accent or letter has the case of the letter; other braces have none.
        (r"G{\"o}del, Kurt", Author("Kurt", "Gödel")),
        (r"{\'E}lie Cartan", Author("Élie", "Cartan")),
        (r"\'Etienne B\'ezout", Author("Étienne", "Bézout")),
        (r"{\O}rsted, Hans Christian", Author("Hans Christian", "Ørsted")),
        (r"Jean {\'e}tienne Dupont", Author("Jean", "Dupont", "étienne")),
        (r"Hans {\o}st Larsen", Author("Hans", "Larsen", "øst")),
        (r"Mu\~noz, Ana", Author("Ana", "Muñoz")),
        (r"Ana Mu\~noz", Author("Ana", "Muñoz")),
        (r"Nguy{\~{\^e}}n, V{\u a}n", Author("Văn", "Nguyễn")),
        (r"{\relax Ch}arles Darwin", Author("Charles", "Darwin")),
        ("Garc&iacute;a, Ana", Author("Ana", "García")),
        ("Donald~E. Knuth", Author("Donald E.", "Knuth")),
        ("{van Gogh}, Vincent", Author("Vincent", "van Gogh")),
        ("Vincent {van Gogh}", Author("Vincent", "van Gogh")),
        ("{de} Souza, Ana", Author("Ana", "de Souza")),
        ("{Garc{\\'i}a M{\\'a}rquez}, Gabriel", Author("Gabriel", "García Márquez")),
        ('{M}{\\"u}ller, {A}.', Author("A.", "Müller")),
        ("{M}aier", Author(family="Maier")),
        # Braces around the whole name make it an organization's.
        ("{NASA}", Author(literal="NASA")),
        ("{{CMS} Collaboration}", Author(literal="CMS Collaboration")),
        ("{Barnes and Noble, Inc.}", Author(literal="Barnes and Noble, Inc.")),
        (r"{AT\&T Labs; Research}", Author(literal="AT&T Labs; Research")),
        (r"{\'E}cole", Author(family="École")),
        # biblatex's extended format
        ("family=Gogh, given=Vincent, prefix=van, useprefix=true", Author("Vincent", "Gogh", "van")),
        ('given={Hans, jun.}, family={M{\\"u}ller}', Author("Hans, jun.", "Müller")),
    ],
)
def test_a_name_is_read_through_its_braces_and_commands(written: str, author: Author) -> None:
    assert decode_name(written) == author


@pytest.mark.parametrize("text", [text for text, _ in NAMES])
def test_a_table_and_an_import_read_a_name_alike(text: str) -> None:
    assert decode_name(text) == parse_author(text)


@pytest.mark.parametrize(
    ("written", "families", "is_cut"),
    [
        ("A. One and B. Two", ["One", "Two"], False),
        ("One, A. AND Two, B.", ["One", "Two"], False),
        ("A. One\n  and\n  B. Two", ["One", "Two"], False),
        ("{Barnes and Noble} and A. Sand", ["", "Sand"], False),
        ("Andrew Andersand and Roland", ["Andersand", "Roland"], False),
        ("A. One and B. Two and others", ["One", "Two"], True),
        ("A. One and B. Two et al.", ["One", "Two"], True),
        ("A. One, et~al.", ["One"], True),
    ],
)
def test_names_are_separated_by_and_outside_of_braces(written: str, families: list[str], is_cut: bool) -> None:
    authors, cut = parse_names(written)
    assert ([author.family for author in authors], cut) == (families, is_cut)


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("A. One, B. Two, C. Three, D. Four", "separate authors by 'and', not by commas"),
        ("A. Nowak, B. Li, and C. Fox", "'A. Nowak, B. Li,' is not one name"),
        ("Nowak, Ada; Li, Bo", "separate authors by 'and', not by semicolons"),
        ("A. One and and B. Two", "a name is missing before or after an 'and'"),
        ("A. One and", "a name is missing before or after an 'and'"),
        ("{} and A. One", "the name '{}' has no letters in it"),
        (", Ana", "', Ana' is not one name"),
    ],
)
def test_what_is_not_one_name_is_named(written: str, message: str) -> None:
    with pytest.raises(ValueError, match="name") as refusal:
        parse_names(written)
    assert message in str(refusal.value)
