"""Quarto's log, from which the running page and cell are known."""

from __future__ import annotations

import math

from octavo.renderer.quarto import SILENCE, QuartoLog

BEGUN = (
    "\x1b[1m\r[2/3] sub/page.qmd\x1b[22m\n\nExecuting 'page.quarto_ipynb'\n  Cell 1/2: ''...Done\n  Cell 2/2: 'mine'..."
)


def test_the_running_cell_and_its_page_are_known() -> None:
    log = QuartoLog()
    log.add(BEGUN)
    assert log.describe_delay(60) == "sub/page.qmd: cell 2 took longer than 60 s and was ended"
    assert 59 < log.left(60) <= 60


def test_between_cells_only_silence_is_limited() -> None:
    log = QuartoLog()
    log.add(BEGUN + "Done\n")
    assert log.describe_delay(60).startswith("sub/page.qmd: Quarto said nothing for 300 s")
    assert math.isclose(log.left(60), SILENCE * 60, abs_tol=1)


def test_colors_are_removed_from_the_log() -> None:
    log = QuartoLog()
    log.add(BEGUN)
    assert log.text.startswith("[2/3] sub/page.qmd\n")
