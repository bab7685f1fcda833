"""Complete the rendered site with what the tables give besides its pages: Quarto's post-render hook."""

from octavo.cli import run

if __name__ == "__main__":
    run("post-render")
