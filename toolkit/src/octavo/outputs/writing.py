"""Writing: everything that is published beside the rendered pages, in one go."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from pathlib import Path

from octavo.citations.bibtex import make_entry
from octavo.citations.csl import format_csl, make_item
from octavo.citations.ris import format_record
from octavo.errors import OctavoError
from octavo.files import write_file
from octavo.model.news import NewsItem
from octavo.model.profile import Profile
from octavo.model.publications import Publication
from octavo.outputs.feeds import collect_entries, format_atom, format_json_feed
from octavo.outputs.json_ld import format_script, make_person
from octavo.outputs.paper_template import fill_head
from octavo.outputs.papers import TEMPLATE_PATH, Citation, close_template, find_template, remove_papers, write_papers
from octavo.outputs.sitemap import update_sitemap
from octavo.site import Site, load_site
from octavo.tables.rows import load_profile, load_rows


def write_exports(site: Path, root: Path) -> None:
    """Add everything that is made from the tables, apart from the pages themselves; write only what changed.

    `site` is the output folder, `root` the project's, with `_quarto.yml` and `data/`. Each publication gets a page, a
    `.bib`, and a `.ris`; all of them are in `publications.bib`, `.json` (CSL), and `.ris`, and with the news in
    `feed.xml` and `feed.json`. The sitemap and the home page's head are completed, and the search index, which nothing
    reads, is removed.

    Raises:
        OctavoError: if `_quarto.yml` has no address, the tables have errors, or the template is missing.
    """
    settings, data = load_site(root), root / "data"
    profile = load_profile(data)
    news, rows = load_rows(NewsItem, data), load_rows(Publication, data)
    items = [make_item(row, settings.url) for row in rows]
    template = find_template(site, root)
    if template is None:
        raise OctavoError("publications/paper.qmd: this page wasn't rendered, so no paper can have a page")
    close_template(site, template, settings)
    citations = [Citation(make_entry(item), format_record(item)) for item in items]

    write_papers(site, template, rows, items, citations, settings=settings, owner=profile, news=news)
    gone = remove_papers(site, [row.id for row in rows])
    write_file(site / "publications.bib", "\n".join(citation.bibtex.whole for citation in citations))
    write_file(site / "publications.ris", "".join(citation.ris for citation in citations))
    write_file(site / "publications.json", format_csl(items))
    entries = collect_entries(rows, items, news, settings, owner=profile)
    write_file(site / "feed.xml", format_atom(entries, profile.name, settings))
    write_file(site / "feed.json", format_json_feed(entries, profile.name, settings))
    complete_sitemap(site, rows, gone, settings, _find_change(data))
    describe_owner(site, profile, settings)
    (site / "search.json").unlink(missing_ok=True)


def _find_change(data: Path) -> datetime.datetime:
    """When the tables that papers' pages are made from were last written."""
    times = [
        (data / f"{name}.yml").stat().st_mtime for name in ("publications", "news") if (data / f"{name}.yml").is_file()
    ]
    return datetime.datetime.fromtimestamp(max(times, default=0), datetime.UTC)


def complete_sitemap(
    site: Path, rows: Sequence[Publication], gone: Sequence[str], settings: Site, changed: datetime.datetime
) -> None:
    """Add the papers' pages to the sitemap, if the renderer wrote one."""
    path = site / "sitemap.xml"
    if not path.is_file():
        return
    papers = [settings.make_address(f"publications/{row.id}.html") for row in rows]
    left = [settings.make_address(page) for page in gone]
    template = settings.make_address(TEMPLATE_PATH)
    text = path.read_text(encoding="utf-8")
    write_file(path, update_sitemap(text, papers, template=template, changed=changed, gone=left))


def describe_owner(site: Path, profile: Profile, settings: Site) -> None:
    """Add the owner's JSON-LD to the head of the home page, unless it is there already."""
    path = site / "index.html"
    if not path.is_file():
        return
    html = path.read_text(encoding="utf-8")
    script = format_script(make_person(profile, settings))
    if script not in html:
        write_file(path, fill_head(html, script + "\n"))
