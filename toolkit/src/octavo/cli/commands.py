"""What all commands share: a parser with examples in its help, the reporting of errors, and output files."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Collection, Sequence
from functools import wraps
from typing import TYPE_CHECKING, NoReturn

from octavo.console import say, visible
from octavo.errors import OctavoError, name_disk_faults, name_write_faults
from octavo.files import remove_leftovers, write_file

if TYPE_CHECKING:
    from pathlib import Path

Main = Callable[..., int]


class Parser(argparse.ArgumentParser):
    """A parser whose errors quote arguments, because a file name may contain terminal control characters."""

    def error(self, message: str) -> NoReturn:
        """Print the usage and the message, and end."""
        super().error(visible(message))


def make_parser(command: str, description: str | None, *examples: str, epilog: str = "") -> argparse.ArgumentParser:
    """A parser whose help shows the description verbatim and, at its end, the examples."""
    label = "example:" if len(examples) == 1 else "examples:"
    shown = "\n".join([label, *(f"  octavo {command} {example}".rstrip() for example in examples)])
    return Parser(
        prog=f"octavo {command}",
        description=description,
        epilog="\n\n".join(filter(None, [epilog, shown])),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )


def add_timeout(parser: argparse.ArgumentParser, default: float) -> None:
    """Add the option for the time limit of cells to a command that runs them."""
    parser.add_argument(
        "--timeout",
        type=float,
        default=default,
        metavar="SECONDS",
        help="the time limit of a cell (default: %(default)g)",
    )


def write_output(file: Path, content: str | bytes, endings: Collection[str] = ()) -> None:
    """Write the file; replace an existing one only if its name has one of the endings, as earlier output does.

    Raises:
        OctavoError: if it is something else, such as a table or a page, or can't be written.
    """
    if file.is_relative_to("/dev"):
        # /dev/stdout is a link to whatever it leads to, and must not be replaced by a file.
        with name_write_faults(file), file.open("ab") as device:
            device.write(content.encode() if isinstance(content, str) else content)
        return
    if endings and file.is_file() and file.suffix.lower() not in endings:
        expected = " or ".join(endings)
        raise OctavoError(f"{file} already exists and isn't named *{expected}; remove it, or name another file")
    with name_write_faults(file):
        write_file(file, content, sync=True)
        remove_leftovers(file)


def reports_errors(interrupted: str = "interrupted") -> Callable[[Main], Main]:
    """Make a command's `main` print an OctavoError and return 1; any other exception is a bug and keeps its traceback.

    `interrupted` is the message for Ctrl-C.
    """

    def decorate(main: Main) -> Main:
        @wraps(main)
        def run(argv: Sequence[str] | None = None) -> int:
            try:
                with name_disk_faults("a file"):
                    return main(argv)
            except OctavoError as error:
                say(error, file=sys.stderr)
                return 1
            except KeyboardInterrupt:
                say(f"\n{interrupted}", file=sys.stderr)
                return 130

        return run

    return decorate
