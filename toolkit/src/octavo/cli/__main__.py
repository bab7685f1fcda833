"""`python -m octavo.cli`: the command line without its script on PATH."""

from octavo.cli import run

run()
