"""Check the tables: the same as `octavo check`."""

from octavo.cli import run

if __name__ == "__main__":
    run("check")
