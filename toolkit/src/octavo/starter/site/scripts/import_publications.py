"""Add publications to data/publications.yml: the same as `octavo import`."""

from octavo.cli import run

if __name__ == "__main__":
    run("import")
