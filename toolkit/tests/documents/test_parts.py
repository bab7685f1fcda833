"""ISO dates, for systems without seasons and spans."""

from __future__ import annotations

import pytest

from octavo.documents.parts import end_date, is_exact, split_date
from octavo.model.dates import PartialDate


@pytest.mark.parametrize(
    ("written", "ends"),
    [
        ("2026", ("2026", "2026")),
        ("Nov 2025", ("2025-11", "2025-11")),
        ("3 Nov 2025", ("2025-11-03", "2025-11-03")),
        ("2018–2020", ("2018", "2020")),
        ("2024–present", ("2024", None)),
        ("Summer 2025", ("2025", "2025")),
    ],
)
def test_a_date_has_a_start_and_an_end(written: str, ends: tuple[str, str | None]) -> None:
    assert split_date(PartialDate.parse(written)) == ends


def test_a_missing_date_has_neither() -> None:
    assert split_date(None) == (None, None)


def test_an_ongoing_entry_is_listed_by_its_start() -> None:
    assert end_date(PartialDate.parse("2024–present")) == "2024"


@pytest.mark.parametrize(
    ("written", "exact"), [("2026", True), ("2024–present", True), ("Summer 2025", False), ("2018–Fall 2020", False)]
)
def test_a_season_cannot_be_expressed(written: str, exact: bool) -> None:
    assert is_exact(PartialDate.parse(written)) is exact
