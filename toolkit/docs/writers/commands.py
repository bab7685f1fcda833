"""Commands: every command with its arguments and options, from the parsers that print the help."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

from octavo.cli import COMMANDS, main

# The only command that is another one with an option set.
ALIASES = {"refresh": "import"}
OPTION = re.compile(r"(?<![`\w-])--[a-z][a-z-]*")


class ParserBuilt(BaseException):
    """A command's parser, before it reads anything."""

    def __init__(self, parser: argparse.ArgumentParser) -> None:
        self.parser = parser


def find_parser(command: str) -> argparse.ArgumentParser:
    """The parser of a command's arguments."""

    def stop(parser: argparse.ArgumentParser, *_: object) -> None:
        raise ParserBuilt(parser)

    with patch.object(argparse.ArgumentParser, "parse_args", stop):
        try:
            main([command])
        except ParserBuilt as built:
            return built.parser
    raise LookupError(f"octavo {command} parses no arguments")


def format_commands() -> str:
    """A section for each command."""
    return "\n".join(line for name in COMMANDS for line in _describe(name))


def _describe(name: str) -> Iterator[str]:
    summary = COMMANDS[name].summary
    yield from (f"## octavo {name} {{#{name}}}", "")
    if name in ALIASES:
        other = ALIASES[name]
        yield from (f"{summary[0].upper()}{summary[1:]}: `octavo {other} --{name}`.", "")
        yield from (f"It takes the other options of [`octavo {other}`](#{other}).", "")
        return
    parser = find_parser(name)
    yield from (_mark_options(parser.description or ""), "", "| argument | meaning |", "| --- | --- |")
    formatter = parser._get_formatter()
    for action in parser._actions:
        if action.help != argparse.SUPPRESS and action.dest != "help":
            meaning = formatter._expand_help(action) if action.help else ""
            yield f"| {_name(action)} | {_mark_options(meaning)} |"
    # Whoever builds the docs has a home folder that is nobody else's.
    yield from ("", "```text", (parser.epilog or "").replace(str(Path.home()), "~"), "```", "")


def _mark_options(text: str) -> str:
    """The text with options as code, or Pandoc would make their hyphens a dash."""
    return OPTION.sub(r"`\g<0>`", text)


def _name(action: argparse.Action) -> str:
    options = [f"`{option}`" for option in action.option_strings]
    if action.choices:
        values = " or ".join(f"`{choice}`" for choice in action.choices)
    elif action.nargs == 0:
        values = ""
    else:
        values = f"*{action.metavar or action.dest.upper()}*"
    return f"{', '.join(options)} {values}".strip()
