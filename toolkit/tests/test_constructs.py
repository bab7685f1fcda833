"""The docs list what the embedded renderer supports: the constructs on which both renderers are compared."""

from __future__ import annotations

import pytest

from tests.constructs import find_constructs
from tests.sections import RENDERER, replace_section


def test_the_docs_list_the_constructs_that_are_covered(request: pytest.FixtureRequest) -> None:
    readme = RENDERER.read_text(encoding="utf-8")
    listed = replace_section(readme, "covered", find_constructs().describe())
    if request.config.getoption("--update-expected"):
        RENDERER.write_text(listed, encoding="utf-8")
    assert RENDERER.read_text(encoding="utf-8") == listed, "pytest --update-expected renews it"
