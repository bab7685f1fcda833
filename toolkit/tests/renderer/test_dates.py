"""Dates in a page's front matter."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from octavo.errors import PageError
from octavo.renderer import render_site
from octavo.renderer.pages import read_date
from tests.renderer.small import write_page


@pytest.mark.parametrize(
    "text",
    """2025-11-03; 2025/11/03; 11/03/2025; 11-03-2025; November 3, 2025; Nov 3, 2025; 3 November 2025; 3 Nov 2025
    2025-11-03T23:30:00; 2025-11-03 10:00""".replace("\n", ";").split(";"),
)
def test_a_date_is_read_in_every_form_that_quarto_reads(tmp_path: Path, text: str) -> None:
    assert read_date(text.strip(), tmp_path) == "2025-11-03"


def test_today_and_last_modified_are_dates_too(tmp_path: Path) -> None:
    (tmp_path / "page.qmd").write_text("")
    assert read_date("today", tmp_path / "page.qmd") == date.today().isoformat()
    assert read_date("last-modified", tmp_path / "page.qmd") == date.today().isoformat()


@pytest.mark.parametrize("text", ["2025", "2025-11", "Spring 2025", "3.11.2025", "1/2/25", "soon"])
def test_anything_but_a_full_date_is_an_error_with_its_line(tmp_path: Path, text: str) -> None:
    with pytest.raises(PageError, match=r"^index\.qmd:3: `date: .*` isn't a full date"):
        render_site(write_page(tmp_path, "text", date=text))
