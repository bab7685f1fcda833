from __future__ import annotations

import pytest

from octavo.model.authors import Author
from tests.importing.test_bibtex import read

GOOD = "TY  - JOUR\nTI  - Good\nAU  - Author, A.\nER  - \n"
OTHER = GOOD.replace("A.", "B.")


def test_a_repeated_reference_is_read_once_and_reported() -> None:
    records, problems = read(GOOD + "\n" + GOOD + OTHER, "refs.ris")
    assert [str(record.author[0]) for record in records] == ["A. Author", "B. Author"]
    assert problems == ["refs.ris:6:1: warning: repeats the reference of line 1; skipped"]


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


def test_an_unclosed_reference_is_skipped_and_reported() -> None:
    records, problems = read("TY  - JOUR\nTI  - Open\nAU  - A, B\n" + GOOD + "TY  - JOUR\nTI  - Last\n", "refs.ris")
    assert [record.title for record in records] == ["Good"]
    assert problems == [
        "refs.ris:1:1: the reference that begins here is never closed (missing 'ER  - ')",
        "refs.ris:8:1: the reference that begins here is never closed (missing 'ER  - ')",
    ]


@pytest.mark.parametrize(
    ("lines", "issued", "kept", "doubt"),
    [
        ("PY  - 2020/May/12", "2020-05-12", {}, ""),
        ("PY  - 2017/06/30/", "2017-06-30", {}, ""),
        ("Y1  - 2019///Spring", "Spring 2019", {}, ""),
        ("PY  - 2020\nDA  - 2020/05", "2020-05", {}, ""),
        ("PY  - 2020//03", "2020", {"PY": "2020//03"}, "'2020//03' was read as 2020; kept as text"),
        ("PY  - 2020/13", "2020", {"PY": "2020/13"}, "'2020/13' was read as 2020; kept as text"),
        ("PY  - n.d.", "", {"PY": "n.d."}, "'n.d.' is not a date; kept as text"),
    ],
)
def test_an_odd_date_is_read_as_far_as_possible_and_the_rest_is_kept_and_reported(
    lines: str, issued: str, kept: dict[str, str], doubt: str
) -> None:
    records, problems = read(GOOD.replace("ER", f"{lines}\nER"), "refs.ris")
    assert (records[0].issued, records[0].extra) == (issued, kept)
    assert problems == ([f"refs.ris:4:1: warning: {doubt}"] if doubt else [])


def test_a_status_may_replace_the_year() -> None:
    records, problems = read(GOOD.replace("ER", "PY  - in press\nER"), "refs.ris")
    assert (records[0].status, records[0].issued, problems) == ("in press", "", [])


def test_odd_names_and_dois_are_read_and_reported() -> None:
    text = GOOD.replace("AU  - Author, A.", "AU  - Nowak A\nAU  - van der Berg BC").replace("ER", "DO  - N/A\nER")
    records, problems = read(text, "refs.ris")
    assert records[0].author == (Author("A.", "Nowak"), Author("B. C.", "Berg", "van der"))
    assert (records[0].doi, records[0].extra) == ("", {"DO": "N/A"})
    assert problems == ["refs.ris:5:1: warning: 'N/A' is not a DOI; kept as text"]


def test_a_missing_title_or_author_is_reported() -> None:
    records, problems = read("TY  - JOUR\nAU  - A, B\nER  - \nTY  - JOUR\nTI  - T\nER  - \n" + GOOD, "refs.ris")
    assert [record.title for record in records] == ["Good"]
    assert problems == [
        "refs.ris:1:1: the reference has no title ('TI  - ')",
        "refs.ris:4:1: the reference has neither author nor editor ('AU  - ')",
    ]


def test_text_outside_references_is_reported() -> None:
    records, problems = read("Provider: somebody\n" + GOOD, "refs.ris")
    assert len(records) == 1
    assert problems == ["refs.ris:1:1: this is outside any reference, which goes from 'TY  - ' to 'ER  - '"]


def test_crlf_and_a_byte_order_mark_are_accepted() -> None:
    expected, _ = read(GOOD, "refs.ris")
    assert read("\ufeff" + GOOD.replace("\n", "\r\n"), "refs.ris") == (expected, [])


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("\n", "\n  "),
        ("\n", "\n\ufeff"),
        ("  - ", "\t-\t"),
        ("  - ", "  -"),
        ("  - ", "     -   "),
        ("  - ", "\xa0\xa0-\xa0"),
    ],
)
def test_a_tag_may_have_odd_spaces(written: str, meant: str) -> None:
    records, problems = read(("\n" + GOOD + OTHER).replace(written, meant), "refs.ris")
    assert ([record.title for record in records], problems) == (["Good", "Good"], [])


def test_the_first_and_last_tag_need_no_space() -> None:
    records, problems = read(GOOD.replace("TY  - ", "TY-").replace("ER  - ", "ER-") + OTHER, "refs.ris")
    assert ([record.title for record in records], problems) == (["Good", "Good"], [])


def test_a_continuation_line_that_looks_like_a_tag_is_text() -> None:
    records, _ = read(GOOD.replace("ER", "AB  - Images that are\nT1-weighted and\nAI  - made\nER"), "refs.ris")
    assert records[0].abstract.startswith("Images that are T1-weighted and")


def test_two_references_on_one_line_are_read() -> None:
    records, problems = read("TY  - JOUR\nTI  - One\nAU  - A, B\nER  - " + GOOD, "refs.ris")
    assert ([record.title for record in records], problems) == (["One", "Good"], [])


def test_text_after_the_end_is_reported() -> None:
    assert read(GOOD.rstrip() + " more\n", "refs.ris")[1] == [
        "refs.ris:4:1: this is outside any reference, which goes from 'TY  - ' to 'ER  - '"
    ]


def test_each_reference_without_a_beginning_is_reported() -> None:
    _, problems = read(GOOD.replace("TY", "ty") * 2, "refs.ris")
    assert [problem.split(" ")[0] for problem in problems] == ["refs.ris:1:1:", "refs.ris:5:1:"]


def test_two_merged_references_are_reported() -> None:
    records, problems = read("TY  - JOUR\nTI  - One\nAU  - A, B\n" + GOOD.split("\n", 1)[1], "refs.ris")
    assert records == []
    assert problems == ["refs.ris:4:1: the reference has two titles (is an 'ER  - ' missing between them?)"]


def test_text_before_the_first_tag_is_reported() -> None:
    records, problems = read(GOOD.replace("\nTI", "\nT I  - lost\nTI"), "refs.ris")
    assert [record.title for record in records] == ["Good"]
    assert problems == ["refs.ris:2:1: warning: text before the first tag was ignored"]


def test_no_control_characters_stay_in_an_address() -> None:
    records, _ = read(GOOD.replace("ER", "UR  - http://a\x02/b\nDO  - 10.1145/1\x03.2\nER"), "refs.ris")
    assert (records[0].url, records[0].doi) == ("http://a/b", "10.1145/1.2")
