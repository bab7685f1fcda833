"""`python -m octavo`: the command line without its script on PATH."""

from octavo.cli import run

run()
