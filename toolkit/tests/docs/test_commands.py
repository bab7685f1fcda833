"""The commands in the docs exist in Octavo, Make, or the shell, with the options that they show."""

from __future__ import annotations

import re
import shlex
import shutil
import sys

import pytest

from octavo.cli import COMMANDS
from tests.docs.blocks import MANUALS, PAGES, Block, list_blocks, list_commands
from tests.sites import DOCS, ROOT

sys.path.insert(0, str(DOCS))

from writers.commands import find_parser, format_commands

LISTED = [*list_commands(list_blocks([*PAGES, *MANUALS]))]
INDENTED = [
    (Block(page, 0, "", "", ""), command)
    for page in [*PAGES, *MANUALS]
    for command in re.findall(
        r"^ {4}((?:octavo|make|\.venv/bin/octavo) [^#\n]*?) *(?:#.*)?$", page.read_text(encoding="utf-8"), re.MULTILINE
    )
]
INLINE = [
    (Block(page, 0, "", "", ""), command)
    for page in [*PAGES, *MANUALS]
    for command in re.findall(r"`((?:octavo|make) [a-z][^`…]*)`", page.read_text(encoding="utf-8"))
]
TARGETS = {
    target
    for file in (ROOT / "Makefile", ROOT / "toolkit/src/octavo/starter/site/Makefile")
    for target in re.findall(r"^([a-z-]+):", file.read_text(encoding="utf-8"), re.MULTILINE)
}
SHELL = {"cd", "git", "python", "rsync", "source"}


def parse(command: str) -> None:
    """Parse a command, and fail with what is wrong with it."""
    program, *arguments = shlex.split(command)
    program = program.rpartition("/")[2]
    if program == "octavo":
        name, *options = arguments
        assert name in COMMANDS or name.startswith("-"), command
        if name in COMMANDS and options:  # text may name commands without their required arguments
            find_parser(name).parse_args(options)
    elif program == "make":
        assert {word for word in arguments if "=" not in word} <= TARGETS, command
    else:
        assert program in SHELL or shutil.which(program), command


@pytest.mark.parametrize(("block", "command"), [*LISTED, *INDENTED, *INLINE], ids=lambda value: str(value)[:60])
def test_a_command_of_the_docs_exists(block: Block, command: str) -> None:
    parse(command)


@pytest.mark.parametrize("command", ["octavo bild", "octavo build --fast", "octavo cv --pages x", "make sight"])
def test_a_mistake_would_be_found(command: str) -> None:
    with pytest.raises((AssertionError, SystemExit)):
        parse(command)


def test_the_reference_has_each_command_with_each_of_its_options() -> None:
    reference = format_commands()
    for name in COMMANDS:
        assert f"## octavo {name} " in reference
        shown = [option for action in find_parser(name)._actions for option in action.option_strings]
        assert [option for option in shown if option not in {"-h", "--help"} and f"`{option}`" not in reference] in (
            [],
            ["--new-site"],
            ["--for-preview"],
        )
