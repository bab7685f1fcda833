"""Measures builds and the weight of pages: by this site's two renderers, plain Quarto, and Sphinx.

    python benchmarks/rendering.py [--runs N] [--write]

Everything is measured in one run on copies of the repository, in whole processes. `cold` is with all caches deleted,
`row` after a line of `data/news.yml` was changed. Quarto is left out if it isn't on PATH, and Sphinx if `sphinx-build`
with MyST-NB isn't. `--write` puts the tables into docs/understand/figures.qmd.
"""

from __future__ import annotations

import argparse
import json
import re
import resource
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "toolkit"))

from benchmarks.made_up import make_publications  # noqa: E402
from benchmarks.report import describe_machine, make_table, publish  # noqa: E402
from benchmarks.sites import make_own_site, make_plain_quarto_site, make_sphinx_site  # noqa: E402
from benchmarks.timing import run_command  # noqa: E402
from benchmarks.weight import weigh_page  # noqa: E402
from scripts.get_browser import HINT, find_browser  # noqa: E402
from tests.browser.browsers import open_browser  # noqa: E402

CACHES = (".cache", ".quarto", "_site", "_freeze", "_build", "site_libs")
# The minimum for any site with Python cells and pandas tables.
IMPORTS = [sys.executable, "-c", "import pandas, IPython.core.interactiveshell"]
SIZES = (10, 100, 1_000, 10_000)


@dataclass(frozen=True, slots=True)
class Builder:
    """A way to build a site: its name, the function that makes the site, the command, and the folder of the pages."""

    name: str
    make: Callable[[Path], Path]
    command: Sequence[str]
    output: str = "_site"

    @property
    def available(self) -> bool:
        return shutil.which(self.command[0]) is not None


def list_builders() -> list[Builder]:
    """The builders available on this machine, this project's own first."""
    script = [sys.executable, "-m", "octavo.cli", "build", "--renderer"]
    builders = [Builder("this site, embedded", make_own_site, [*script, "embedded"])]
    if shutil.which("quarto"):
        builders += [
            Builder("this site, Quarto", make_own_site, [*script, "quarto"]),
            Builder("the same pages, plain Quarto", make_plain_quarto_site, ["quarto", "render"]),
        ]
    sphinx = Builder(
        "the same pages, Sphinx with MyST-NB",
        make_sphinx_site,
        ["sphinx-build", "-b", "html", ".", "_build/html"],
        "_build/html",
    )
    return [*builders, *([sphinx] if sphinx.available else [])]


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=5, help="how often each is measured (default: 5)")
    parser.add_argument("--write", action="store_true", help="put the tables into docs/understand/figures.qmd")
    arguments = parser.parse_args(argv)
    with tempfile.TemporaryDirectory() as folder:
        builders = list_builders()
        sites = {builder.name: builder.make(Path(folder, str(number))) for number, builder in enumerate(builders)}
        times = make_table(
            ["what", "cold", "unchanged", "a row changed", "cold, as a ratio"],
            _time_all(builders, sites, arguments.runs),
        )
        weights = _weigh_all(builders, sites)
        fewer = max(1, arguments.runs // 2)
        growth = _time_growth(Path(folder, "growth"), fewer)
    runs = f"Medians of {arguments.runs} runs, in the last table of {fewer}"
    text = f"{times}\n\n{weights}\n\n{growth}\n\n{runs}; {describe_machine()}."
    publish("rendering", text, write=arguments.write)
    return 0


def _time_all(builders: Sequence[Builder], sites: dict[str, Path], runs: int) -> list[list[str]]:
    rows, base = [], 0.0
    imports = _measure(IMPORTS, ROOT, runs, lambda _: None)
    for builder in builders:
        site = sites[builder.name]
        cold = _measure(builder.command, site, runs, delete_caches)
        unchanged = _measure(builder.command, site, runs, lambda _: None)
        changed = _measure(builder.command, site, runs, _change_row)
        base = base or cold
        rows.append([builder.name, f"{cold:.2f} s", f"{unchanged:.2f} s", f"{changed:.2f} s", f"{cold / base:.1f}"])
    rows.append(
        ["Python with pandas and IPython imported, no page", f"{imports:.2f} s", "", "", f"{imports / base:.1f}"]
    )
    return rows


def _time_growth(folder: Path, runs: int) -> str:
    """Cold renders of this site by the embedded renderer as its list of publications grows.

    Parts that grow with each publication and that an owner of such a list would turn off are left out:
    cards (`cards: selected`, and none is), 20 ms each, and the CV and publications as PDFs (`cv: file` names none),
    1 ms each.
    """
    rows = []
    for size in SIZES:
        site = make_own_site(folder / str(size))
        settings = site / "_quarto.yml"
        settings.write_text(settings.read_text(encoding="utf-8").replace("cards: all", "cards: selected"), "utf-8")
        profile = site / "data" / "profile.yml"
        profile.write_text(re.sub(r"(?m)^  file: .*\n", "", profile.read_text(encoding="utf-8")), "utf-8")
        publications = make_publications(size, "E. Noether", abstracts=size <= 1_000)
        (site / "data" / "publications.yml").write_text(json.dumps(publications), encoding="utf-8")
        (site / "data" / "news.yml").write_text("- {date: 2026, text: Something.}\n", encoding="utf-8")
        (site / "data" / "awards.yml").unlink()
        (site / "data" / "research.yml").unlink()
        command = [sys.executable, "-m", "octavo.cli", "build", "--renderer", "embedded"]
        cold = _measure(command, site, runs, delete_caches)
        weight = sum(file.stat().st_size for file in (site / "_site").rglob("*") if file.is_file())
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        rows.append([f"{size:,}", f"{cold:.2f} s", f"{peak:.0f} MB", f"{weight / 1e6:.1f} MB"])
    return make_table(["publications (no PDFs, no cards)", "cold", "largest process so far", "whole site"], rows)


def _weigh_all(builders: Sequence[Builder], sites: dict[str, Path]) -> str:
    browser_path = find_browser()
    if browser_path is None:
        return f"No weights: {HINT}"
    rows = []
    with open_browser(browser_path) as browser:
        for builder in builders:
            weight = weigh_page(browser, sites[builder.name] / builder.output, "index.html")
            rows.append(
                [builder.name, f"{weight.raw / 1000:.1f} kB", f"{weight.packed / 1000:.1f} kB", str(weight.requests)]
            )
    return make_table(["the home page and all it loads", "raw", "brotli", "requests"], rows)


def _measure(command: Sequence[str], site: Path, runs: int, prepare: Callable[[Path], None]) -> float:
    """The median of the seconds that the command takes in the site's folder, prepared again for each run.

    The first run, in which Python compiles modules, isn't counted.
    """
    seconds = []
    for _ in range(runs + 1):
        prepare(site)
        start = time.perf_counter()
        run_command(command, site)
        seconds.append(time.perf_counter() - start)
    return statistics.median(seconds[1:])


def delete_caches(site: Path) -> None:
    """Move the caches out of the site: after deleting thousands of files, a file system may be slow for minutes."""
    gone = site.with_name(f"{site.name}.gone-{time.time_ns()}")
    for name in CACHES:
        if (site / name).exists():
            gone.mkdir(exist_ok=True)
            (site / name).rename(gone / name)


def _change_row(site: Path) -> None:
    news = site / "data" / "news.yml"
    text = news.read_text(encoding="utf-8")
    news.write_text(f"{text}\n- date: 2020\n  text: Changed at {time.time_ns()}.\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
