"""Typical small sites: a course, notebooks, a site converted from Quarto's default look, and a lab."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.building import build_site, run_octavo
from tests.sites import lay_out, lay_out_format


@pytest.mark.parametrize("name", ["site_course", "site_notebooks", "site_converted"])
def test_a_site_with_only_the_format_can_be_published(name: str, tmp_path: Path) -> None:
    root = lay_out_format(name, tmp_path / "site")
    build_site(root)
    checked = run_octavo(root, "check", "--site")
    assert checked.returncode == 0, checked.stderr


def test_a_lab_without_a_news_page_can_be_published(tmp_path: Path) -> None:
    root = lay_out("lab", tmp_path / "site")
    site = build_site(root)
    checked = run_octavo(root, "check", "--site")
    assert checked.returncode == 0, checked.stderr
    assert '"https://coast.example/#news-2025-09-welcome-tomas"' in (site / "feed.json").read_text()
