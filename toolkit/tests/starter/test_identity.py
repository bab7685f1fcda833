"""The identity of a new site."""

from __future__ import annotations

import pytest

from octavo.errors import OctavoError
from octavo.starter.identity import Identity, check_identity, parse_link


@pytest.mark.parametrize(
    ("name", "names"),
    [
        ("Ada Nowak", ["Ada Nowak", "A. Nowak"]),
        ("Ada Maria Nowak", ["Ada Maria Nowak", "A. M. Nowak"]),
        ("Jean-Luc Blanc", ["Jean-Luc Blanc", "J. L. Blanc"]),
        ("Anna van der Berg", ["Anna van der Berg", "A. van der Berg"]),
        ("A. Nowak", ["A. Nowak"]),
        ("Teller", ["Teller"]),
    ],
)
def test_the_owner_is_known_by_the_full_name_and_by_initials(name: str, names: list[str]) -> None:
    assert Identity(name).names == names


def test_a_file_may_have_the_owners_name() -> None:
    assert Identity("Zoë O'Hara-Łoś, Jr.").file_name == "Zoë_O_Hara_Łoś_Jr"


def test_search_engines_get_a_sentence() -> None:
    assert Identity("Ada Nowak", "Example University").description == "Ada Nowak, Example University."
    assert Identity("Ada Nowak").description == "The homepage of Ada Nowak."


@pytest.mark.parametrize(
    ("identity", "message"),
    [
        (Identity(""), "needs its owner's name"),
        (Identity(" \t "), "needs its owner's name"),
        (Identity("..."), "needs its owner's name"),
        (Identity("Ada\nNowak"), "one line each"),
        (Identity("Ada", site_url="ada.example"), "'ada.example' is not a site's address"),
        (Identity("Ada", site_url="javascript:alert(1)"), "not a site's address"),
        (Identity("Ada", site_url="https://ada.example/?x"), "not a site's address"),
    ],
)
def test_what_cannot_be_an_identity_is_refused(identity: Identity, message: str) -> None:
    with pytest.raises(OctavoError, match=message.replace("?", r"\?")):
        check_identity(identity)


def test_without_an_address_the_site_has_one_that_is_nobodys() -> None:
    check_identity(Identity("Ada Nowak"))
    assert Identity("Ada Nowak").address.endswith(".example")


def test_a_link_is_a_label_and_an_address() -> None:
    assert parse_link("Git Hub = https://x.example/?a=b") == ("Git Hub", "https://x.example/?a=b")


@pytest.mark.parametrize("text", ["", "GitHub", "=https://x.example", "GitHub="])
def test_what_is_no_link_is_refused(text: str) -> None:
    with pytest.raises(OctavoError, match="is not a link"):
        parse_link(text)
