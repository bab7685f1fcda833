"""Render the site: by Quarto where it is installed, by the embedded renderer otherwise."""

from __future__ import annotations

import gc
import os
import sys
from contextlib import closing, nullcontext
from typing import TYPE_CHECKING, NamedTuple

from octavo.console import say
from octavo.renderer import CELL_SECONDS, render_anew
from octavo.renderer.helpers import Helpers
from octavo.renderer.preparation import Preparation
from octavo.renderer.quarto import OLDEST, find_quarto, read_version, run_quarto
from octavo.renderer.upkeep import is_up_to_date, renew

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path


class Choice(NamedTuple):
    """Which renderer, and why; `program` is Quarto's path, empty for the embedded one."""

    program: str
    version: tuple[int, ...]
    reason: str

    @property
    def name(self) -> str:
        return f"Quarto {'.'.join(map(str, self.version))}" if self.program else "the embedded renderer"


def main(argv: list[str] | None = None) -> int:
    """Render, and say what went wrong in the user's words; the exit status."""
    gc.disable()  # what is imported stays, and the process ends soon
    wanted, output, timeout = parse_arguments(sys.argv[1:] if argv is None else argv)
    choice = choose_renderer(wanted)
    if choice is None:
        say(f"there is no Quarto {'.'.join(map(str, OLDEST))} or newer on PATH", file=sys.stderr)
        return 1
    line = f"{choice.name} renders the site ({choice.reason})"
    with nullcontext() if choice.program else closing(Helpers(PREPARATION)) as helpers:
        if is_up_to_date(os.getcwd(), output, choice.name):
            say(f"{line}: it is up to date")
            return 0
        say(line)
        return render(choice, output, timeout, helpers)


def parse_arguments(argv: list[str]) -> tuple[str, str | None, float]:
    """The renderer, the output, and the seconds that a cell may take."""
    if not argv:
        return "auto", None, CELL_SECONDS
    from octavo.cli.parser import make_parser

    parser = make_parser("build", __doc__, "", "--renderer quarto --output public")
    parser.add_argument("--renderer", choices=["auto", "quarto", "embedded"], default="auto")
    parser.add_argument("--output", metavar="DIR", help="where the site goes (as _quarto.yml says: _site)")
    parser.add_argument(
        "--timeout", type=float, default=CELL_SECONDS, metavar="SECONDS", help="what a cell may take (%(default)g)"
    )
    arguments = parser.parse_args(argv)
    return arguments.renderer, arguments.output, arguments.timeout


def choose_renderer(wanted: str) -> Choice | None:
    """The renderer; None where Quarto is wanted and there is none that will do."""
    if wanted == "embedded":
        return Choice("", (), "asked for")
    program = find_quarto()
    version = read_version(program) if program else ()
    if program and version >= OLDEST:
        return Choice(program, version, "asked for" if wanted == "quarto" else "it is on PATH")
    if wanted == "quarto":
        return None
    missing = "Quarto on PATH is too old" if program else "no Quarto on PATH"
    return Choice("", (), missing)


def render(choice: Choice, output: str | None, timeout: float, helpers: Helpers | None) -> int:
    import signal
    from pathlib import Path

    from octavo.errors import OctavoError
    from octavo.processes import orphans_ended

    # Asked to end, end through every `finally`.
    signal.signal(signal.SIGTERM, lambda number, _: sys.exit(128 + number))
    root, stated = Path.cwd(), None if output is None else Path(output)
    terminal = sys.stdout.isatty()
    try:
        with orphans_ended():
            if helpers is None:
                render_by_quarto(choice, root, stated, _pass_on if terminal else None, timeout)
            else:
                render_anew(root, stated, helpers, progress=say if terminal else _say_nothing, timeout=timeout)
    except OctavoError as error:
        say(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        say("interrupted; the site is as it was", file=sys.stderr)
        return 130
    return 0


def render_by_quarto(
    choice: Choice, root: Path, stated: Path | None, tell: Callable[[str], None] | None, timeout: float
) -> None:
    from octavo.renderer.configuration import find_output

    def build(folder: Path) -> None:
        run_quarto(choice.program, root, folder, tell, timeout)

    renew(root, find_output(root, stated), choice.name, build, stated)


def _import_for_both() -> None:
    from octavo import listings, tables  # noqa: F401


def _import_for_pages() -> None:
    import pandas  # noqa: F401 - the scripts don't need it


def _keep_rows() -> None:
    from octavo.tables.rows import keep_rows

    keep_rows()


def _import_for_scripts() -> None:
    from octavo import documents, freeze, outputs  # noqa: F401
    from octavo.tables import validation  # noqa: F401
    from octavo.tables.table_cache import digest_code

    digest_code()  # it's kept, and each of the scripts asks for it


def _draw_ahead(root: Path, pages: Sequence[str]) -> None:
    from octavo.documents import draw_ahead

    draw_ahead(root, pages)


PREPARATION = Preparation(_import_for_both, _import_for_pages, _keep_rows, _import_for_scripts, _draw_ahead)


def _pass_on(text: str) -> None:
    """What Quarto says, as it comes; it may quote what cells and pages hold, so its colors go too."""
    from octavo.renderer.ansi import strip_colours

    say(strip_colours(text).replace("\r", ""), end="")


def _say_nothing(_: str) -> None:
    """What progress is for whoever doesn't watch."""
