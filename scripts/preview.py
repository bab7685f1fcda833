"""Show the site while you edit it: the same as `octavo preview`."""

from octavo.cli import run

if __name__ == "__main__":
    run("preview")
