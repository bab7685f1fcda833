"""Build the site: the same as `octavo build`."""

from octavo.cli import run

if __name__ == "__main__":
    run("build")
