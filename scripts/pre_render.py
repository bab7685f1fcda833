"""Check the tables before anything is rendered: Quarto's pre-render hook."""

from octavo_hook import run_hook

if __name__ == "__main__":
    run_hook("pre-render")
