"""Shared by the tests of listings."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from octavo import tables


@pytest.fixture
def load(tmp_path: Path):
    """Load publications from YAML text, with `people` as the table of people."""

    def load_publications(text: str, people: str = "[]") -> pd.DataFrame:
        data = tmp_path / "data"
        data.mkdir()
        (data / "profile.yml").write_text("name: E. Noether\n", encoding="utf-8")
        (data / "publications.yml").write_text(text, encoding="utf-8")
        (data / "people.yml").write_text(people, encoding="utf-8")
        return tables.load_table("publications", data)

    return load_publications
