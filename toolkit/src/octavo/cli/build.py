"""Render the site with Quarto if it is installed, and otherwise with the embedded renderer."""

from __future__ import annotations

import argparse
import os
import signal
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, TextIO

from octavo.cli.commands import add_timeout, make_parser
from octavo.console import say
from octavo.renderer import CELL_SECONDS, Options, render_anew
from octavo.renderer.fingerprint import CACHE, is_up_to_date
from octavo.renderer.options import OLDEST, Choice, choose_renderer

if TYPE_CHECKING:
    from pathlib import Path

# How long a preview's build waits for another build of the same site.
PATIENCE_SECONDS = 60.0
# On macOS, a socket's path has at most 103 characters, 32 of which Python's workers add to the folder's path.
LONGEST_TEMPORARY_FOLDER = 71
# What the pages of nearly every site import.
PRELOADED = ("pandas", "markdown_it", "octavo.cli", "octavo.listings", "octavo.tables.prepared", "octavo.quarto_yaml")


def main(argv: Sequence[str] | None = None) -> int:
    """Render, and report errors in the user's terms; the exit status."""
    arguments = parse_arguments(argv)
    choice = choose_renderer(arguments.renderer)
    if choice is None:
        say(f"there is no Quarto {'.'.join(map(str, OLDEST))} or newer on PATH", file=sys.stderr)
        return 1
    done = is_up_to_date(os.getcwd(), arguments.output, choice.name)
    if not arguments.for_preview:
        say(f"{choice.name} renders the site ({choice.reason}){': it is up to date' if done else ''}")
    return 0 if done else render(choice, arguments)


def parse_arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    """The command line's arguments."""
    parser = make_parser("build", __doc__, "", "--renderer quarto --output public")
    parser.add_argument("--renderer", choices=["auto", "quarto", "embedded"], default="auto")
    parser.add_argument("--output", metavar="DIR", help="the site's folder (default: output-dir in _quarto.yml, _site)")
    add_timeout(parser, CELL_SECONDS)
    # The process id of the preview that this build is for.
    parser.add_argument("--for-preview", type=int, metavar="PID", help=argparse.SUPPRESS)
    return parser.parse_args(argv)


def render(choice: Choice, arguments: argparse.Namespace) -> int:
    """Render with the chosen renderer; the exit status."""
    # Only here: recognizing a site that is up to date must take less than 0.1 s, and importing these takes longer.
    from pathlib import Path

    from octavo.errors import OctavoError, describe_shortage
    from octavo.processes import end_orphans_at_exit
    from octavo.renderer.limits import check_limits
    from octavo.tracebacks import describe_bug

    signal.signal(signal.SIGTERM, exit_on_signal)
    errors = serve_preview(arguments.for_preview) if arguments.for_preview else sys.stderr
    root, output = Path.cwd(), Path(arguments.output) if arguments.output else None
    end_orphans_at_exit()
    try:
        check_limits()
        os.environ["TMPDIR"] = find_temporary_folder(str(root))
        if choice.program:
            from octavo.renderer.quarto import render_with_quarto

            check_files(root)
            tell = _pass_on if sys.stdout.isatty() else None
            render_with_quarto(choice, root, output, arguments.timeout, tell, _warn)
        else:
            render_anew(root, output, make_options(arguments))
    except OctavoError as error:
        from octavo.trees.sources import name_sources_in

        say(name_sources_in(str(error), root), file=errors)
        return 1
    except KeyboardInterrupt:
        say("interrupted; the site is unchanged", file=errors)
        return 130
    except Exception as error:
        say(describe_shortage(error) or describe_bug(error, root), file=errors)
        return 1
    return 0


def check_files(root: Path) -> None:
    """Report missing includes and other errors in pages: Quarto would stop at the first, before its hook runs."""
    from octavo.errors import DataError, OctavoError
    from octavo.renderer.configuration import load_site
    from octavo.renderer.missing_files import find_missing_files
    from octavo.renderer.pagelist import find_pages
    from octavo.renderer.subset import find_undrawn
    from octavo.trees.sources import write_trees

    try:
        write_trees(root)  # otherwise Quarto would read those of the last build
        pages = find_pages(load_site(root, strict=False))
        missing = find_missing_files(root, pages)
    except OctavoError:  # the hook reports it
        return
    if missing:
        raise DataError([*missing, *find_undrawn(root, pages)])


def find_temporary_folder(root: str) -> str:
    """A writable temporary folder for this process and its children: the system's, or one in the cache.

    Otherwise Python would fall back to the current folder, which is the project's, and Pandoc and Quarto would fail. A
    path that is too long for a socket is replaced by one of the system's usual ones.
    """
    import tempfile

    from octavo.errors import OctavoError

    try:
        folder = tempfile.gettempdir()
    except FileNotFoundError:
        raise OctavoError(
            "no temporary folder can be written to, nor can the project's; free up some space, or set TMPDIR to a "
            "folder on a disk that has some"
        ) from None
    if len(os.fsencode(folder)) > LONGEST_TEMPORARY_FOLDER:
        for name in ("TMPDIR", "TEMP", "TMP"):
            os.environ.pop(name, None)
        tempfile.tempdir = None
        folder = tempfile.gettempdir()
    if folder == root:
        folder = tempfile.tempdir = os.path.join(root, CACHE, "tmp")
        os.makedirs(folder, exist_ok=True)
    return folder


def exit_on_signal(number: int, _: Any) -> None:
    """Exit, running every `finally`."""
    signal.signal(number, signal.SIG_IGN)
    sys.exit(128 + number)


def serve_preview(pid: int) -> TextIO:
    """Exit with the preview, and reserve standard error for errors: return it, and redirect all other output."""
    from octavo.processes import end_with

    end_with(pid)
    errors = os.fdopen(os.dup(2), "w", buffering=1, encoding="utf-8", errors="backslashreplace")
    os.dup2(1, 2)
    return errors


def make_options(arguments: argparse.Namespace) -> Options:
    """How the embedded renderer builds this site."""
    shows_progress = arguments.for_preview or sys.stdout.isatty()
    return Options(
        progress=say if shows_progress else (lambda line: None),
        warn=_warn,
        timeout=arguments.timeout,
        patience=PATIENCE_SECONDS if arguments.for_preview else 0.0,
        shows_drafts=bool(arguments.for_preview),
        preload=PRELOADED,
    )


def _warn(line: str) -> None:
    from pathlib import Path

    from octavo.trees.sources import name_sources_in

    say(name_sources_in(line, Path.cwd()), file=sys.stderr)


def _pass_on(text: str) -> None:
    """Show Quarto's output as it arrives, without colors: it may quote what cells print."""
    from octavo.renderer.ansi import strip_colors

    say(strip_colors(text).replace("\r", ""), end="")
