"""Complete the rendered site with what the tables give besides its pages: Quarto's post-render hook."""

from octavo_hook import run_hook

if __name__ == "__main__":
    run_hook("post-render")
