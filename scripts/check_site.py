"""Check the built site: the same as `octavo check --site`."""

from octavo.cli import run

if __name__ == "__main__":
    run("check", "--site")
