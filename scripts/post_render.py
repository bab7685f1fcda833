"""Add the pages and files that are made from the tables: Quarto's post-render hook."""

from octavo_hook import run_hook

if __name__ == "__main__":
    run_hook("post-render")
