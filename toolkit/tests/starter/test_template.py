"""The archive for `quarto use template`."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from octavo.starter.engine import find_engine
from octavo.starter.upgrade import plan_upgrade
from scripts.build_template import main
from tests.building import build_site
from tests.needs import need_quarto


def test_quarto_makes_a_site_from_it_that_builds_and_can_be_upgraded(tmp_path: Path) -> None:
    quarto = need_quarto()
    assert main([str(tmp_path / "octavo-site.zip")]) == 0
    site = tmp_path / "site"
    site.mkdir()
    use = [quarto, "use", "template", str(tmp_path / "octavo-site.zip"), "--no-prompt"]
    subprocess.run(use, cwd=site, capture_output=True, timeout=240, check=True)
    assert plan_upgrade(site, find_engine()).is_empty
    assert os.access(site / "scripts/publish.sh", os.X_OK)
    assert "Your Name" in (build_site(site) / "index.html").read_text()
