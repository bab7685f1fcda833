"""Write the CV's PDFs: the same as `octavo cv`."""

from octavo.cli import run

if __name__ == "__main__":
    run("cv", "--format", "pdf")
