"""Partial dates: read from and written for people and machines, and ordered."""

import datetime

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from octavo.model.dates import FIRST_YEAR, LAST_YEAR, PartialDate

WRITTEN = [
    # as written, EDTF, as shown
    ("2026", "2026", "2026"),
    ("2025-11", "2025-11", "Nov 2025"),
    ("2025-11-03", "2025-11-03", "3 Nov 2025"),
    ("Nov 2025", "2025-11", "Nov 2025"),
    ("nov. 2025", "2025-11", "Nov 2025"),
    ("November, 2025", "2025-11", "Nov 2025"),
    ("Sept 2025", "2025-09", "Sep 2025"),
    ("3 Nov 2025", "2025-11-03", "3 Nov 2025"),
    ("3. November 2025", "2025-11-03", "3 Nov 2025"),
    ("November 3, 2025", "2025-11-03", "3 Nov 2025"),
    ("Nov 3 2025", "2025-11-03", "3 Nov 2025"),
    ("November 3rd, 2025", "2025-11-03", "3 Nov 2025"),
    ("Summer 2025", "2025-22", "Summer 2025"),
    ("fall 2025", "2025-23", "Fall 2025"),
    ("2025-24", "2025-24", "Winter 2025"),
    ("2018–2020", "2018/2020", "2018–2020"),
    ("2018-2020", "2018/2020", "2018–2020"),
    ("2018 to 2020", "2018/2020", "2018–2020"),
    ("2018/2020", "2018/2020", "2018–2020"),
    ("2018—2020", "2018/2020", "2018–2020"),
    ("2024–present", "2024/..", "2024–present"),
    ("2024-now", "2024/..", "2024–present"),
    ("2024/..", "2024/..", "2024–present"),
    ("Nov 2024 - present", "2024-11/..", "Nov 2024 – present"),
    ("Nov 2024 – May 2025", "2024-11/2025-05", "Nov 2024 – May 2025"),
    ("2024-11/2025-05", "2024-11/2025-05", "Nov 2024 – May 2025"),
    ("May-Aug 2024", "2024-05/2024-08", "May–Aug 2024"),
    ("May 2024–Aug 2024", "2024-05/2024-08", "May–Aug 2024"),
    ("Spring–Fall 2024", "2024-21/2024-23", "Spring–Fall 2024"),
    ("3–5 Nov 2025", "2025-11-03/2025-11-05", "3–5 Nov 2025"),
    ("November 3–5, 2025", "2025-11-03/2025-11-05", "3–5 Nov 2025"),
    ("Nov 30 – Dec 3, 2025", "2025-11-30/2025-12-03", "30 Nov – 3 Dec 2025"),
    ("Dec 30, 2025 – Jan 2, 2026", "2025-12-30/2026-01-02", "30 Dec 2025 – 2 Jan 2026"),
    ("2018 – May 2020", "2018/2020-05", "2018 – May 2020"),
    ("  Nov   2025 ", "2025-11", "Nov 2025"),
]


@pytest.mark.parametrize(("written", "edtf", "shown"), WRITTEN)
def test_is_read_in_every_usual_form(written: str, edtf: str, shown: str) -> None:
    date = PartialDate.parse(written)
    assert (date.edtf, str(date)) == (edtf, shown)


def test_keeps_the_text_as_it_was_written() -> None:
    assert PartialDate.parse("fall 2025").text == "fall 2025"


REFUSED = [
    # the text, and what else the message says
    ("twenty", "'twenty' is not a date (expected"),
    ("", "an end is missing"),
    ("Movember 2025", "'Movember' is neither a month nor a season"),
    ("2025-13", "there is no month 13"),
    ("2025-00", "there is no month 00"),
    ("2025-25", "there is no month 25"),
    ("2025-02-29", "there is no day 29 in Feb 2025"),
    ("2025-11-00", "there is no day 0 in Nov 2025"),
    ("31 April 2025", "there is no day 31 in Apr 2025"),
    ("3 Summer 2025", "there is no day 3 in Summer 2025"),
    ("2025-22-03", "there is no day 3 in Summer 2025"),
    ("0202", "the year 202 is not within 1000–2100"),
    ("2205", "the year 2205 is not within 1000–2100"),
    ("Nov", "the year is missing"),
    ("3 Nov", "the year is missing"),
    ("Nov 2024 – May", "the year is missing"),
    ("2024–", "an end is missing"),
    ("–2024", "an end is missing"),
    ("../2024", "can't read '..'"),
    ("2020–2018", "it ends before it begins"),
    ("Aug–May 2024", "it ends before it begins"),
    ("2018–2019–2020", "it has more than two ends"),
    ("2025/2026/2027", "it has more than two ends"),
    ("2025-11-3", "'2025-11-3' is not a date (expected"),
    ("20251103", "is not a date (expected"),
    ("13/2025", "there is no day 13 in 2025"),
    ("2018–20", "the year is missing"),
    ("２０２５", "is not a date (expected"),
]


@pytest.mark.parametrize(("written", "reason"), REFUSED)
def test_refuses_impossible_dates_and_says_what_is_expected(written: str, reason: str) -> None:
    with pytest.raises(ValueError, match="is not a date") as refusal:
        PartialDate.parse(written)
    message = str(refusal.value)
    assert repr(written) in message
    assert reason in message
    assert message.endswith("(expected 2026, 2025-11, 2025-11-03, Nov 2025, Summer 2025, 2018–2020 or 2024–present)")


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("2025", "2025-01-01", "2025-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2025-11-03", "2025-11-03", "2025-11-03"),
        ("Spring 2025", "2025-03-01", "2025-05-31"),
        ("Summer 2025", "2025-06-01", "2025-08-31"),
        ("Autumn 2025", "2025-09-01", "2025-11-30"),
        ("Winter 2025", "2025-12-01", "2025-12-31"),
        ("2018–May 2020", "2018-01-01", "2020-05-31"),
        ("2024–present", "2024-01-01", "9999-12-31"),
    ],
)
def test_knows_the_first_and_last_possible_day(written: str, first: str, last: str) -> None:
    date = PartialDate.parse(written)
    assert (date.first, date.last) == (datetime.date.fromisoformat(first), datetime.date.fromisoformat(last))


@pytest.mark.parametrize(("written", "year"), [("2018–2020", 2020), ("2024–present", 2024), ("Winter 2025", 2025)])
def test_is_listed_under_the_year_of_its_end_or_if_ongoing_of_its_start(written: str, year: int) -> None:
    assert PartialDate.parse(written).year == year


def test_sorts_newest_first_with_ongoing_dates_on_top() -> None:
    newest_first = "2024–present", "2026", "Nov 2025", "3 Nov 2025", "Summer 2025", "2024/2025-07", "2025-03", "2024"
    dates = [PartialDate.parse(written) for written in newest_first]
    assert sorted(sorted(dates, key=str), reverse=True) == dates


def test_equals_the_same_date_in_another_form() -> None:
    assert len({PartialDate.parse(written) for written in ("Nov 2025", "2025-11", "november 2025")}) == 1


def test_differs_from_another_precision_of_the_same_days() -> None:
    assert PartialDate.parse("2025") != PartialDate.parse("2025-01/2025-12")


def test_is_not_comparable_with_text() -> None:
    date = PartialDate.parse("2025")
    assert date != "2025"
    with pytest.raises(TypeError):
        _ = date < "2026"  # type: ignore[operator]


def test_is_immutable() -> None:
    with pytest.raises(AttributeError):
        PartialDate.parse("2025").text = "2026"  # type: ignore[misc]


def test_sorts_within_pandas_beside_rows_without_a_date() -> None:
    written = ["2024", None, "Nov 2025", "2026", None]
    dates = [PartialDate.parse(text) if text else None for text in written]
    frame = pd.DataFrame({"date": pd.Series(dates, dtype="object"), "place": range(5)})
    assert list(frame.sort_values("date", ascending=False, kind="stable").place) == [3, 2, 0, 1, 4]


YEARS = st.integers(FIRST_YEAR, LAST_YEAR)
MONTHS = st.integers(1, 12) | st.integers(21, 24)
DAYS = st.dates(datetime.date(FIRST_YEAR, 1, 1), datetime.date(LAST_YEAR, 12, 31))
POINTS = YEARS.map(str) | st.builds("{}-{:02}".format, YEARS, MONTHS) | DAYS.map(lambda day: day.isoformat())
SPANS = st.tuples(POINTS, POINTS).map(
    lambda ends: "/".join(sorted(ends, key=lambda end: (PartialDate.parse(end).first, PartialDate.parse(end).last)))
)
EDTF = POINTS | SPANS | POINTS.map(lambda start: f"{start}/..")


@given(EDTF)
def test_survives_edtf_unchanged(edtf: str) -> None:
    assert PartialDate.parse(edtf).edtf == edtf


@given(EDTF)
def test_is_read_back_from_its_shown_form(edtf: str) -> None:
    date = PartialDate.parse(edtf)
    assert PartialDate.parse(str(date)) == date


@given(EDTF, EDTF)
def test_orders_any_two_dates_by_last_then_first_day(one: str, other: str) -> None:
    a, b = PartialDate.parse(one), PartialDate.parse(other)
    assert (a < b) + (a == b) + (a > b) == 1
    if (a.last, a.first) != (b.last, b.first):
        assert (a < b) == ((a.last, a.first) < (b.last, b.first))


@given(EDTF)
def test_begins_before_it_ends(edtf: str) -> None:
    date = PartialDate.parse(edtf)
    assert date.first <= date.last


@given(st.text() | st.text("0123456789-/–. NovSummer,to"))
def test_reads_or_refuses_any_text(text: str) -> None:
    try:
        date = PartialDate.parse(text)
    except ValueError as refusal:
        assert "is not a date" in str(refusal)  # noqa: PT017 - either way is right, if it is this one
    else:
        assert date.text == text


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("forthcoming", "leave the date out, and write status: to appear"),
        ("In press", "leave the date out, and write status: in press"),
        ("2025?", "write 2025"),
        ("“2025”", "remove them"),
        ("3/2024", "write 2024-03"),
        ("12.9.2024", "write 2024-09-12"),
        ("2024/09/12", "write 2024-09-12"),
        ("12/09/2024", "write year-month-day: 2025-11-03"),
        ("WS 2024/25", "write Winter 2024"),
        ("SoSe 2024", "write Summer 2024"),
        ("2024/25", "write both years in full"),
        ("since 2021", "write 2021–present"),
        *(
            (text, "write 1850")
            for text in ("c. 1850", "ca. 1850", "circa 1850", "[1850?]", "1850~", "um 1850", "~1850")
        ),
    ],
)
def test_a_refusal_says_what_to_write_instead(text: str, advice: str) -> None:
    with pytest.raises(ValueError, match="is not a date") as refusal:
        PartialDate.parse(text)
    assert str(refusal.value).endswith(f"{advice})")


@pytest.mark.parametrize("text", ["twenty", "Novv 2025", "März 2025", "13/2024", "0202", "2025-02-30"])
def test_a_refusal_gives_no_advice_if_the_meaning_is_unclear(text: str) -> None:
    with pytest.raises(ValueError, match=r"2024–present\)$"):
        PartialDate.parse(text)
