"""The command line: `octavo COMMAND …`.

Only this package prints or exits. Each command is a module whose `main` takes the arguments after the command's name
and returns the exit status; it is imported only when called, so that an up-to-date site is recognized at once.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import NamedTuple

from octavo import __version__
from octavo.console import close_streams, open_streams, say
from octavo.errors import describe_shortage
from octavo.model.words import suggest
from octavo.utf8 import insist_on_utf8


class Command(NamedTuple):
    """A command: its module in this package, arguments that come before the user's, and what it does."""

    module: str
    summary: str
    arguments: tuple[str, ...] = ()


COMMANDS = {
    "new": Command("new", "make a site of your own"),
    "build": Command("build", "build the site"),
    "preview": Command("preview", "show the site while you edit it"),
    "check": Command("check", "check the tables, or the built site (--site)"),
    "import": Command("import_publications", "add publications from files, or from ORCID and a dozen other sources"),
    "refresh": Command("import_publications", "look up every publication again by its DOI or arXiv ID", ("--refresh",)),
    "watch": Command("watch", "look for new papers, changes, retractions, citations, and dead links"),
    "news": Command("import_news", "propose a news line for each publication that has none"),
    "export": Command("export", "write publications as BibTeX, biblatex, CSL-JSON, RIS, or CSV"),
    "cv": Command("cv", "write the CV as PDF, JSON Resume, RenderCV, or CSV"),
    "upgrade": Command("upgrade", "bring a site's engine up to date"),
}
# What Quarto's hooks call.
HIDDEN = {
    "pre-render": Command("pre_render", "Quarto's pre-render hook"),
    "post-render": Command("post_render", "Quarto's post-render hook"),
}


def main(argv: Sequence[str]) -> int:
    """Run a command; return its exit status, 2 if there is no such command."""
    name, *arguments = argv or ["--help"]
    if name in {"-h", "--help", "help"}:
        say(describe_commands())
        return 0
    if name in {"-V", "--version"}:
        say(f"octavo {__version__}")
        return 0
    command = COMMANDS.get(name) or HIDDEN.get(name)
    if command is None:
        say(f"octavo: there is no command {name!r} ({suggest(name, list(COMMANDS), most=0)})", file=sys.stderr)
        return 2
    try:
        os.getcwd()  # noqa: PTH109 - pathlib takes 10 ms to import
    except FileNotFoundError:
        say("octavo: the current folder is gone; change to one that exists", file=sys.stderr)
        return 1
    run = import_module(f"octavo.cli.{command.module}").main
    return int(run([*command.arguments, *arguments]))


def run(*arguments: str) -> None:
    """Run a command with these arguments, then the process's own, and exit; `octavo` and the scripts call this."""
    open_streams()
    if hasattr(signal, "SIGCHLD"):
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)  # some launchers ignore it, and then no child can be waited for
    insist_on_utf8()
    try:
        status = main([*arguments, *sys.argv[1:]])
    except SystemExit as end:  # argparse's
        status = end.code if isinstance(end.code, int) else int(end.code is not None)
    except Exception as error:
        if not (shortage := describe_shortage(error)):
            raise
        say(f"octavo: {shortage}", file=sys.stderr)
        status = 1
    sys.exit(close_streams(status))


def describe_commands() -> str:
    """The text of `octavo --help`."""
    width = max(map(len, COMMANDS))
    lines = [f"  {name:{width}}  {command.summary}" for name, command in COMMANDS.items()]
    return "\n".join(
        [
            "usage: octavo COMMAND [OPTIONS]",
            "",
            "Make a researcher's homepage from tables.",
            "",
            "commands:",
            *lines,
            "",
            "`octavo COMMAND --help` describes a command. `octavo --version` prints the version.",
            "",
            "example:",
            "  octavo new my-site --name 'Emmy Noether' --bib papers.bib",
        ]
    )
