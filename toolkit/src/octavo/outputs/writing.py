"""Writing: everything that is published beside the rendered pages, in one go."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from octavo.errors import OctavoError
from octavo.files import write_file
from octavo.model.news import NewsItem
from octavo.model.profile import Profile
from octavo.model.publications import Publication
from octavo.outputs.bibtex import make_entry
from octavo.outputs.csl import format_csl, make_item
from octavo.outputs.feeds import collect_entries, format_atom, format_json_feed
from octavo.outputs.json_ld import format_script, make_person
from octavo.outputs.mould import fill_head
from octavo.outputs.papers import MOULD_PATH, Citation, close_mould, remove_papers, take_mould, write_papers
from octavo.outputs.ris import format_record
from octavo.outputs.sitemap import update_sitemap
from octavo.processes import count_processors, run_side_by_side
from octavo.site import Site, load_site
from octavo.tables.rows import load_profile, load_rows

# Below, to share the papers out among processes would take longer than to write them.
_MANY = 100


def write_exports(site: Path, root: Path) -> None:
    """Add to a rendered site what the tables give beside its pages; only what changed is written.

    `site` is the output's folder, `root` the project's, with `_quarto.yml` and `data/`. Written are, for each
    publication, its page with `.bib` and `.ris`, and for all of them `publications.bib`, `.json` (CSL) and `.ris`,
    `feed.xml` and `feed.json`; the sitemap and the home page's head are completed, the search index (which nothing
    of ours reads) is removed.

    Raises:
        OctavoError: if `_quarto.yml` has no address, the tables have faults, or there is no mould.
    """
    settings, data = load_site(root), root / "data"
    profile = load_profile(data)
    news, rows = load_rows(NewsItem, data), load_rows(Publication, data)
    items = [make_item(row, settings.url) for row in rows]
    mould = take_mould(site, root)
    if mould is None:
        raise OctavoError("publications/paper.qmd: the page from which each paper's is made wasn't rendered")
    close_mould(site, mould, settings)
    citations = [Citation(make_entry(item), format_record(item)) for item in items]

    def write_share(share: slice) -> None:
        write_papers(
            site, mould, rows, items, citations, settings=settings, owner=profile.names, news=news, share=share
        )

    def write_others() -> None:
        gone = remove_papers(site, [row.id for row in rows])
        write_file(site / "publications.bib", "\n".join(citation.bibtex.whole for citation in citations))
        write_file(site / "publications.ris", "".join(citation.ris for citation in citations))
        write_file(site / "publications.json", format_csl(items))
        entries = collect_entries(rows, items, news, settings)
        write_file(site / "feed.xml", format_atom(entries, profile.name, settings))
        write_file(site / "feed.json", format_json_feed(entries, profile.name, settings))
        complete_sitemap(site, rows, gone, settings, _find_change(data))
        describe_owner(site, profile, settings)
        (site / "search.json").unlink(missing_ok=True)

    if len(rows) < _MANY:
        write_share(slice(None))
        write_others()
    else:
        number = count_processors()
        shares = [partial(write_share, slice(first, None, number)) for first in range(number)]
        run_side_by_side([*shares, write_others])


def _find_change(data: Path) -> datetime.datetime:
    """When the tables of which papers' pages are made were last written."""
    times = [
        (data / f"{name}.yml").stat().st_mtime for name in ("publications", "news") if (data / f"{name}.yml").is_file()
    ]
    return datetime.datetime.fromtimestamp(max(times, default=0), datetime.UTC)


def complete_sitemap(
    site: Path, rows: Sequence[Publication], gone: Sequence[str], settings: Site, changed: datetime.datetime
) -> None:
    """Put the papers' pages into the sitemap, if the renderer wrote one."""
    path = site / "sitemap.xml"
    if not path.is_file():
        return
    papers = [settings.make_address(f"publications/{row.id}.html") for row in rows]
    left = [settings.make_address(page) for page in gone]
    mould = settings.make_address(MOULD_PATH)
    text = path.read_text(encoding="utf-8")
    write_file(path, update_sitemap(text, papers, mould=mould, changed=changed, gone=left))


def describe_owner(site: Path, profile: Profile, settings: Site) -> None:
    """Put the owner's JSON-LD into the head of the home page, unless it is there."""
    path = site / "index.html"
    if not path.is_file():
        return
    html = path.read_text(encoding="utf-8")
    script = format_script(make_person(profile, settings))
    if script not in html:
        write_file(path, fill_head(html, script + "\n"))
