"""The README lists what the embedded renderer covers: what the sites use on which both renderers are compared."""

from __future__ import annotations

import pytest

from tests.constructs import find_constructs
from tests.readme import README, replace_section


def test_the_readme_lists_what_is_covered(request: pytest.FixtureRequest) -> None:
    readme = README.read_text(encoding="utf-8")
    listed = replace_section(readme, "covered", find_constructs().describe())
    if request.config.getoption("--update-expected"):
        README.write_text(listed, encoding="utf-8")
    assert README.read_text(encoding="utf-8") == listed, "pytest --update-expected writes it anew"
