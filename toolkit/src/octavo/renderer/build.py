"""The build: from a project's root to its finished site."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any

from octavo.errors import PageError
from octavo.files import write_file
from octavo.renderer.cards import card_texts, find_card_files
from octavo.renderer.cells import Markdown
from octavo.renderer.configuration import Site, as_list
from octavo.renderer.environment import hook_environment, page_environment
from octavo.renderer.execution import Executor, Job, Outputs
from octavo.renderer.head import add_head, with_page_title
from octavo.renderer.helpers import Helpers
from octavo.renderer.hooks import Stage
from octavo.renderer.links import PageLinks, hoist_classes
from octavo.renderer.outputs import Place, cell_markdown
from octavo.renderer.pagelist import find_pages
from octavo.renderer.pandoc import Converter
from octavo.renderer.resources import check_named, copy_resources, find_published
from octavo.renderer.shortcodes import Shortcodes
from octavo.renderer.sitemap import write_sitemap
from octavo.renderer.sources import Source, read_source
from octavo.renderer.subset import locate_problem
from octavo.renderer.template import stage_template
from octavo.renderer.upkeep import CACHE
from octavo.renderer.workers import Workers

Progress = Callable[[str], None]


def build_site(site: Site, target: Path, helpers: Helpers, progress: Progress, timeout: float) -> None:
    """Render the site into the empty folder `target`, between its two hooks."""
    hooks, workers = helpers.hooks, helpers.workers
    before = _make_stage(site, "pre-render", target, _list_pages(site), [])
    hooks.start(before)
    with closing(Converter()) as converter:
        hooks.wait(before)
        workers.prepare()
        # By the output, as the lock is: beside a render, a preview builds the same project elsewhere.
        template = stage_template(site.root / CACHE / f"{site.output.name}.template", site.format)
        outputs = _Build(site, target, template, workers, converter, progress, timeout).run()
        after = _make_stage(site, "post-render", target, list(outputs), list(outputs.values()))
        hooks.start(after)
    hooks.wait(after)


def _make_stage(site: Site, name: str, target: Path, pages: Sequence[str], outputs: Sequence[str]) -> Stage:
    commands = [str(command) for command in as_list(site.project.get(name))]
    environment = hook_environment(site.root, target, pages, [target / output for output in outputs])
    return Stage(name, commands, str(site.root), environment, pages)


def _list_pages(site: Site) -> list[str]:
    """The pages that are there before the hook has run; it may be the one that makes them."""
    try:
        return find_pages(site)
    except PageError:
        return []


class _Build:
    """The rendering of the pages."""

    def __init__(
        self,
        site: Site,
        target: Path,
        template: Path,
        workers: Workers,
        converter: Converter,
        progress: Progress,
        timeout: float,
    ) -> None:
        self._site = site
        self._published = find_published(site)
        self._target = target
        self._template = template
        self._workers = workers
        self._converter = converter
        self._progress = progress
        self._timeout = timeout
        self._outputs: dict[str, str] = {}
        self._named: dict[str, str] = {}
        self._figures: set[str] = set()

    def run(self) -> dict[str, str]:
        """Render the pages and what goes with them: where each stands in the site."""
        site, target = self._site, self._target
        sources = [read_source(site, path) for path in find_pages(site)]
        self._outputs = {source.page.path: source.page.output for source in sources}
        self._render_pages(sources)
        copy_resources(site.root, target, self._published, self._named)
        if site.address:
            write_sitemap(site.address, site.root, target, self._outputs)
        return self._outputs

    def _render_pages(self, sources: list[Source]) -> None:
        by_path = {source.page.path: source for source in sources}
        executor = Executor(
            [self._make_job(source) for source in sources if source.cells], self._workers, self._timeout
        )
        ready: list[tuple[Source, Outputs]] = [(source, []) for source in sources if not source.cells]
        converter = self._converter
        finished = 0
        try:
            while finished < len(sources):
                executor.start()
                if ready and not converter.busy:
                    converter.send(*self._prepare(*ready.pop(0)))
                done, readable = executor.wait([converter.pipe] if converter.busy else [])
                ready += [(by_path[job.page], ran) for job, ran in done]
                if readable:
                    answer, html = converter.receive()
                    self._write(by_path[answer["page"]], answer, html)
                    finished += 1
                    self._progress(f"[{finished}/{len(sources)}] {answer['page']}")
        finally:
            executor.stop()

    def _make_job(self, source: Source) -> Job:
        site, cells, path = self._site, source.cells, source.page.path
        in_project = site.project.get("execute-dir") == "project"
        folder = site.root if in_project else (site.root / path).parent
        allowed = [bool(source.option(cell, "error")) for cell in cells]
        return Job(path, cells, allowed, folder, page_environment(site.root, path))

    def _prepare(self, source: Source, ran: Outputs) -> tuple[dict[str, Any], str]:
        """What the converter is asked for a page whose cells put out `ran`, and the page's Markdown."""
        self._shortcodes = shortcodes = Shortcodes(source.metadata, self._site.variables)
        results = iter(source.stored if source.stored is not None else ran)
        number = 0
        texts: list[str] = []
        for part in source.parts:
            if isinstance(part, Markdown):
                text, first = "\n".join(line.text for line in part.lines), part.lines[0]
                texts.append(shortcodes.replace(text, first.path, first.number))
                continue
            number += 1
            runs = source.stored is not None or source.option(part, "eval")
            place = Place(source.page.path, number, partial(self._save_picture, source))
            text = cell_markdown(place, part, next(results) if runs else [], source.execute)
            texts.append(shortcodes.replace(text, part.path, part.line))
        return self._make_request(source, shortcodes.values), "\n\n".join(texts) + "\n"

    def _save_picture(self, source: Source, name: str, content: bytes) -> str:
        path = f"{PurePosixPath(source.page.path).stem}_files/figure-html/{name}"
        target = (self._target / source.page.path).parent / path
        self._figures.add(target.relative_to(self._target).as_posix())
        write_file(target, content)
        return path

    def _make_request(self, source: Source, shortcodes: Mapping[str, Mapping[str, str]]) -> dict[str, Any]:
        site, page = self._site, source.page
        filters = as_list(site.format.options.get("filters"))
        prefix = site.website.get("title")
        variables = {"title-prefix": prefix} if prefix and prefix != source.metadata.get("title") else {}
        metadata = with_page_title(site, source)
        shared = {key: value for key, value in metadata.items() if site.metadata.get(key) == value}
        own = {key: value for key, value in metadata.items() if key not in shared}
        return {
            "page": page.path,
            "file": str(site.root / page.path),
            "output": page.output,
            "offset": page.offset,
            "metadata": [json.dumps(part, ensure_ascii=False) for part in (shared, own) if part],
            "shortcodes": shortcodes,
            "template": str(self._template),
            "filters": [str(site.format.folder / str(name)) for name in filters],
            "variables": {**variables, **({"css": source.styles} if source.styles else {})},
            "cards": card_texts(site, source),
            "formulas": source.metadata.get("html-math-method") == "mathml",
            "tables": source.metadata.get("html-table-processing") == "none",
            "section_divs": source.metadata.get("section-divs") is True,
        }

    def _write(self, source: Source, answer: Mapping[str, Any], html: str) -> None:
        page = source.page
        if "error" in answer:
            raise PageError(page.path, 1, f"Pandoc can't convert this page: {answer['error']}")
        if "problems" in answer:
            raise locate_problem(source, answer["problems"][0], self._shortcodes.places)
        cards = find_card_files(self._site, source, html)
        html = add_head(html, self._site, source, answer["cards"])
        links = PageLinks(page.path, self._outputs, self._site.path if page.output == "404.html" else None)
        html = links.rewrite(hoist_classes(html))
        made = {*self._outputs, *self._outputs.values(), *self._figures}
        check_named(self._site.root, self._published, page.path, {**links.named, **cards}, made.__contains__)
        self._named.update({path: path for path in cards} | links.files)
        write_file(self._target / page.output, html)
