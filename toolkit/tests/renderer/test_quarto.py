"""What Quarto says, and what is known by it: the page and the cell that are being run."""

from __future__ import annotations

import math

from octavo.renderer.quarto import SILENCE, QuartoLog

BEGUN = (
    "\x1b[1m\r[2/3] sub/page.qmd\x1b[22m\n\nExecuting 'page.quarto_ipynb'\n  Cell 1/2: ''...Done\n  Cell 2/2: 'mine'..."
)


def test_the_cell_that_runs_is_known_with_its_page() -> None:
    log = QuartoLog()
    log.add(BEGUN)
    assert log.describe_delay(60) == "sub/page.qmd: cell 2 took longer than 60 s and was ended"
    assert 59 < log.left(60) <= 60


def test_between_cells_only_its_silence_is_limited() -> None:
    log = QuartoLog()
    log.add(BEGUN + "Done\n")
    assert log.describe_delay(60).startswith("sub/page.qmd: Quarto said nothing for 300 s")
    assert math.isclose(log.left(60), SILENCE * 60, abs_tol=1)


def test_colors_are_left_out_of_what_it_said() -> None:
    log = QuartoLog()
    log.add(BEGUN)
    assert log.text.startswith("[2/3] sub/page.qmd\n")
