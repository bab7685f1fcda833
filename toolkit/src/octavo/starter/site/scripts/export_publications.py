"""Write the publications in another format: the same as `octavo export`."""

from octavo.cli import run

if __name__ == "__main__":
    run("export")
