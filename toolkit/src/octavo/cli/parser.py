"""The parser of a command's arguments, with an example in its help."""

from __future__ import annotations

import argparse
from typing import NoReturn

from octavo.console import visible


class Parser(argparse.ArgumentParser):
    """A parser whose errors quote an argument, which may be a file's name, so that it doesn't act on a terminal."""

    def error(self, message: str) -> NoReturn:
        """Print the usage and the message, and end."""
        super().error(visible(message))


def make_parser(command: str, description: str | None, *examples: str, epilog: str = "") -> argparse.ArgumentParser:
    """A parser whose help shows the description as it is written and, at its end, the examples."""
    label = "example:" if len(examples) == 1 else "examples:"
    shown = "\n".join([label, *(f"  octavo {command} {example}".rstrip() for example in examples)])
    return Parser(
        prog=f"octavo {command}",
        description=description,
        epilog="\n\n".join(filter(None, [epilog, shown])),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )


def add_timeout(parser: argparse.ArgumentParser, default: float) -> None:
    """Let a command that runs cells take their time limit."""
    parser.add_argument(
        "--timeout",
        type=float,
        default=default,
        metavar="SECONDS",
        help="the time limit of a cell (default: %(default)g)",
    )
