from __future__ import annotations

from homepage.authors import Author
from tests.bibliography.test_bibtex import read

GOOD = "TY  - JOUR\nTI  - Good\nAU  - Author, A.\nER  - \n"


def test_a_reference_is_read_in_the_terms_of_csl() -> None:
    records, problems = read(
        "TY  - CONF\nTI  - A title\n  that goes on\nAU  - Noether, Emmy\nAU  - van der Berg, P., Jr.\n"
        "AU  - NEXS Group\nDA  - 2025/11/03\n"
        "T2  - Proc. of OSDI\nSP  - 1\nEP  - 20\nDO  - 10.1145/1.2\nPB  - ACM\nAB  - Words.\nER  - \n",
        "refs.ris",
    )
    (record,) = records
    assert (record.type, record.title, record.issued) == ("paper-conference", "A title that goes on", "2025-11-03")
    assert record.author == (
        Author(given="Emmy", family="Noether"),
        Author(given="P.", family="Berg", particle="van der", suffix="Jr."),
        Author(literal="NEXS Group"),
    )
    assert (record.container_title, record.page, record.doi, record.publisher) == (
        "Proc. of OSDI", "1–20", "10.1145/1.2", "ACM",
    )  # fmt: skip
    assert problems == []


def test_a_reference_that_is_never_closed_is_set_aside_and_told() -> None:
    records, problems = read("TY  - JOUR\nTI  - Open\nAU  - A, B\n" + GOOD + "TY  - JOUR\nTI  - Last\n", "refs.ris")
    assert [record.title for record in records] == ["Good"]
    assert problems == [
        "refs.ris:1:1: the reference that begins here is never closed: 'ER  - ' is missing",
        "refs.ris:8:1: the reference that begins here is never closed: 'ER  - ' is missing",
    ]


def test_month_13_is_told_with_its_line() -> None:
    records, problems = read(GOOD.replace("ER", "PY  - 2020/13\nER") + GOOD, "refs.ris")
    assert [record.issued for record in records] == [""]
    assert problems[0].startswith("refs.ris:4:1: '2020-13' is not a date: there is no month 13")


def test_a_missing_title_or_author_is_told() -> None:
    records, problems = read("TY  - JOUR\nAU  - A, B\nER  - \nTY  - JOUR\nTI  - T\nER  - \n" + GOOD, "refs.ris")
    assert [record.title for record in records] == ["Good"]
    assert problems == [
        "refs.ris:1:1: the reference has no title ('TI  - ')",
        "refs.ris:4:1: the reference has no author ('AU  - ')",
    ]


def test_text_outside_of_references_is_told() -> None:
    records, problems = read("Provider: somebody\n" + GOOD, "refs.ris")
    assert len(records) == 1
    assert problems == ["refs.ris:1:1: this stands outside of any reference, which is from 'TY  - ' to 'ER  - '"]


def test_crlf_and_a_byte_order_mark_are_no_text() -> None:
    expected, _ = read(GOOD, "refs.ris")
    assert read("\ufeff" + GOOD.replace("\n", "\r\n"), "refs.ris") == (expected, [])
