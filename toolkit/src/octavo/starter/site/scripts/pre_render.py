"""Check the tables before anything is rendered: Quarto's pre-render hook."""

from octavo.cli import run

if __name__ == "__main__":
    run("pre-render")
