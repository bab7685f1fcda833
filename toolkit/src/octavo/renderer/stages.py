"""The stages of a build: the first hook, the pages, and the last hook."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from octavo.errors import DataError, ForeignError, OctavoError, PageError
from octavo.renderer.build import render_pages
from octavo.renderer.configuration import Site, as_list
from octavo.renderer.environment import hook_environment
from octavo.renderer.hooks import run_scripts
from octavo.renderer.incremental import CACHE
from octavo.renderer.missing_files import find_missing_files
from octavo.renderer.options import Options
from octavo.renderer.pagelist import find_pages
from octavo.renderer.pandoc import open_converter
from octavo.renderer.undrawn import find_undrawn


def build_site(site: Site, target: Path, options: Options) -> list[ForeignError]:
    """Render the site into the empty folder `target`, between its hooks; the errors of pages that need Quarto."""
    with _name_removed_pages(site.root), open_converter(site.root) as converter:
        if not site.project.get("pre-render"):  # else that says it, with Quarto, too
            pages = _list_pages(site)
            for problem in find_undrawn(site.root, pages):
                options.progress(str(problem))
            if missing := find_missing_files(site.root, pages):
                raise DataError(missing)
        _run_hooks(site, "pre-render", target, _list_pages(site), [])
        # Named after the output, like the lock: a preview builds the same project into another folder.
        template_folder = site.root / CACHE / f"{site.output.name}.template"
        outputs, foreign = render_pages(site, target, template_folder, converter, options)
        _run_hooks(site, "post-render", target, list(outputs), list(outputs.values()))
    return foreign


@contextmanager
def _name_removed_pages(root: Path) -> Iterator[None]:
    """Report a page that is removed while the site is built, as by `git switch`."""
    try:
        yield
    except FileNotFoundError as error:
        page = Path(error.filename or "")
        if page.suffix not in (".qmd", ".ipynb", ".md") or not page.is_relative_to(root):
            raise
        name = page.relative_to(root).as_posix()
        raise OctavoError(f"{name}: removed while the site was being built; build it again") from None


def _run_hooks(site: Site, stage: str, target: Path, pages: Sequence[str], outputs: Sequence[str]) -> None:
    commands = [str(command) for command in as_list(site.project.get(stage))]
    environment = hook_environment(site.root, target, pages, [target / output for output in outputs])
    run_scripts(stage, commands, site.root, environment)


def _list_pages(site: Site) -> list[str]:
    """The pages before the first hook runs, which may be what makes them."""
    try:
        return find_pages(site)
    except PageError:
        return []
