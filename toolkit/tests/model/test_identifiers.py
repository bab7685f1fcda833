"""Identifiers: recognized in any form, stored in one, and linked."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from octavo.model.addresses import check_address
from octavo.model.identifiers import (
    check_arxiv,
    check_doi,
    check_orcid,
    find_arxiv,
    fold_doi,
    make_arxiv_address,
    make_doi_address,
    make_orcid_address,
    normalize_arxiv,
    normalize_doi,
    normalize_orcid,
)


@pytest.mark.parametrize(
    "written",
    [
        "10.1145/3576915.3616582",
        " 10.1145/3576915.3616582. ",
        "doi:10.1145/3576915.3616582",
        "DOI: 10.1145/3576915.3616582",
        "doi 10.1145/3576915.3616582",
        "DOI10.1145/3576915.3616582",
        "https://doi.org/10.1145/3576915.3616582",
        "http://dx.doi.org/10.1145/3576915.3616582",
        "doi.org/10.1145%2F3576915.3616582",
        "http://doi.acm.org/10.1145/3576915.3616582",
    ],
)
def test_a_doi_is_recognized_in_every_form_in_use(written: str) -> None:
    assert normalize_doi(written) == "10.1145/3576915.3616582"


@pytest.mark.parametrize("written", ["", "N/A", "10/x", "10.1145", "doi:", "https://example.org/10.1145/1", "10.1/x y"])
def test_anything_else_is_not_a_doi(written: str) -> None:
    assert normalize_doi(written) == ""


def test_a_doi_keeps_its_case_and_is_compared_ignoring_case() -> None:
    assert normalize_doi("doi:10.1000/AB.1") == "10.1000/AB.1"
    assert fold_doi("doi:10.1000/AB.1") == fold_doi("10.1000/ab.1")


@pytest.mark.parametrize(
    ("written", "identifier"),
    [
        ("2411.08982", "2411.08982"),
        ("2411.08982v3", "2411.08982"),
        ("arXiv:2411.08982v1", "2411.08982"),
        ("arXiv: 2411.08982 [cs.LG]", "2411.08982"),
        ("https://arxiv.org/abs/2411.08982", "2411.08982"),
        ("http://www.arxiv.org/pdf/2411.08982v2.pdf", "2411.08982"),
        ("10.48550/arXiv.2411.08982", "2411.08982"),
        ("https://doi.org/10.48550/arxiv.2411.08982", "2411.08982"),
        ("math/0211159", "math/0211159"),
        ("math.GT/0309136v2", "math.GT/0309136"),
        ("2413.08982", ""),
        ("10.1145/2411.08982", ""),
        ("", ""),
    ],
)
def test_an_arxiv_identifier_is_recognized_and_loses_its_version(written: str, identifier: str) -> None:
    assert normalize_arxiv(written) == identifier


def test_an_arxiv_identifier_within_a_text_must_be_named_as_one() -> None:
    assert find_arxiv("Preprint, 2411.08982", "see arXiv:2411.08982, p. 3") == "2411.08982"
    assert find_arxiv("Preprint, 2411.08982") == ""


@pytest.mark.parametrize(
    ("written", "orcid"),
    [
        ("0000-0002-1825-0097", "0000-0002-1825-0097"),
        ("https://orcid.org/0000-0002-1694-233x", "0000-0002-1694-233X"),
        ("https://www.orcid.org/0000-0002-1825-0097/", "0000-0002-1825-0097"),
        ("0000-0002-1825-0098", ""),
        ("0000000218250097", ""),
    ],
)
def test_an_orcid_id_is_recognized_if_its_check_digit_is_right(written: str, orcid: str) -> None:
    assert normalize_orcid(written) == orcid


@pytest.mark.parametrize(
    ("check", "good", "bad", "hint"),
    [
        (check_doi, "10.1145/1.2", "https://doi.org/10.1145/1.2", "expected '10.1145/1.2' alone"),
        (check_doi, "10.1145/1.2", "https://doi.org/10.1145/1.2.", "expected '10.1145/1.2' alone"),
        (check_doi, "10.1145/1.2", "10.1145/1.2.", "expected '10.1145/1.2' alone"),
        (check_doi, "10.1145/1.2", "none", "expected the form 10.1145/3576915.3616582"),
        (check_arxiv, "2411.08982v2", "arXiv:2411.08982v2", "expected '2411.08982v2' alone"),
        (check_arxiv, "math/0211159", "2413.08982", "expected the form 2411.08982, 2411.08982v2 or math/0211159"),
        (check_orcid, "0000-0002-1825-0097", "0000-0002-1825-0098", "expected 7 as the last one"),
        (check_orcid, "0000-0002-1694-233X", "https://orcid.org/0000-0002-1694-233X", "expected the form"),
    ],
)
def test_a_table_must_hold_the_bare_identifier(check: Callable[[str], str], good: str, bad: str, hint: str) -> None:
    assert check(good) == good
    with pytest.raises(ValueError, match="is not a") as refusal:
        check(bad)
    assert hint in str(refusal.value)
    assert bad in str(refusal.value)


def test_each_identifier_links_to_its_page() -> None:
    assert make_arxiv_address("2411.08982") == "https://arxiv.org/abs/2411.08982"
    assert make_doi_address("10.1145/3576915.3616582") == "https://doi.org/10.1145/3576915.3616582"
    assert make_orcid_address("0000-0002-1825-0097") == "https://orcid.org/0000-0002-1825-0097"


def test_the_address_of_any_doi_may_be_published() -> None:
    """DOIs of the nineties contain < and >."""
    address = make_doi_address('10.1002/(SICI)1097-0258(19980815)17:15/16<1661::AID-SIM968>3.0.CO;2-2"#?')
    assert check_address(address).startswith("https://doi.org/10.1002/(SICI)1097-0258(19980815)17:15/16%3C1661::AID")
