"""Errors that a user can mend, as commands report them."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from functools import wraps

from octavo.console import say
from octavo.errors import OctavoError, name_disk_faults

Main = Callable[..., int]


def reports_errors(interrupted: str = "interrupted") -> Callable[[Main], Main]:
    """Let a command's `main` print such an error and return 1; any other is a bug and keeps its traceback.

    `interrupted` is what it says when Ctrl-C ends it.
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
