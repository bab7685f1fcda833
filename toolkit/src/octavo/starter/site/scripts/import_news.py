"""Propose a news line for each publication that has none."""

from octavo.cli import run

if __name__ == "__main__":
    run("news")
