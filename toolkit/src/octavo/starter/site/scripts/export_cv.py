"""Write the CV in another format: the same as `octavo cv`."""

from octavo.cli import run

if __name__ == "__main__":
    run("cv")
