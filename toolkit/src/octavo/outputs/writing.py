"""Writing: everything that is published along with the rendered pages, in one go."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from octavo.citations.bibtex import make_entry
from octavo.citations.csl import format_csl, make_item
from octavo.citations.ris import format_record
from octavo.files import write_file
from octavo.listings.publications import paper_address
from octavo.made_page import LayOut
from octavo.model.news import NewsItem
from octavo.model.profile import Profile
from octavo.model.publications import Publication
from octavo.model.research import Research
from octavo.outputs.feeds import Entry, collect_entries, format_atom, format_json_feed
from octavo.outputs.json_ld import format_script, make_profile_page
from octavo.outputs.papers import FRONT_MATTER, Citation, make_pages, remove_papers, write_citations
from octavo.outputs.signposting import LINK_SET, format_link_set
from octavo.outputs.sitemap import complete_sitemap, format_robots
from octavo.site import Site, load_site
from octavo.tables.rows import CheckedTables

# The tables that papers' pages are made from.
_OF_PAPERS = ("publications", "news", "research", "people")


def write_exports(site: Path, root: Path, lay_out: LayOut, posts: Sequence[Entry] = ()) -> None:
    """Add what is made from the tables in the current language, apart from the pages themselves.

    `site` is the output folder, `root` the project's, with `_quarto.yml` and `data/`, and `lay_out` writes the papers'
    pages. Only what changed is written. Each publication also gets a `.bib` and a `.ris`; all of them are in
    `publications.bib`, `.json` (CSL), and `.ris`, and with the news and the `posts` in `feed.xml` and `feed.json`. The
    sitemap and the home page's head are completed. The search index, which nothing reads, is removed.

    Raises:
        OctavoError: if `_quarto.yml` has no address, or the tables have errors.
    """
    settings, data = load_site(root), root / "data"
    tables = CheckedTables(data)
    profile, rows = tables.profile, tables.list_rows(Publication)
    news, projects = tables.list_rows(NewsItem), tables.list_rows(Research)
    items = [make_item(row, settings.url) for row in rows]
    citations = [Citation(make_entry(item), format_record(item)) for item in items]
    pages = make_pages(rows, items, citations, settings=settings, owner=profile, news=news, projects=projects)
    lay_out(FRONT_MATTER, pages)
    gone = [] if settings.prefix else remove_papers(site, [row.id for row in rows], settings.languages[1:])
    addresses = [settings.make_address(settings.place(paper_address(row.id))) for row in rows]
    # A small site has its news on the home page alone.
    news_page = "news.html" if (site / settings.place("news.html")).exists() else "index.html"
    entries = collect_entries(rows, news, settings, owner=profile, news_page=news_page, posts=posts)
    write_file(site / settings.place("feed.xml"), format_atom(entries, profile.name, settings))
    write_file(site / settings.place("feed.json"), format_json_feed(entries, profile.name, settings))
    complete_sitemap(
        site, addresses, (data / f"{name}.yml" for name in _OF_PAPERS), [*map(settings.make_address, gone)]
    )
    describe_owner(site, profile, settings)
    if settings.prefix:
        return  # what follows is the same in every language
    write_citations(site, rows, citations)
    write_file(site / "publications.bib", "\n".join(citation.bibtex.whole for citation in citations))
    write_file(site / "publications.ris", "".join(citation.ris for citation in citations))
    write_file(site / "publications.json", format_csl(items))
    write_file(site / LINK_SET, format_link_set(rows, addresses, settings))
    if settings.robots != "all" and not (root / "robots.txt").exists():
        write_file(site / "robots.txt", format_robots(settings.robots, settings))
    (site / "search.json").unlink(missing_ok=True)


def describe_owner(site: Path, profile: Profile, settings: Site) -> None:
    """Add the owner's JSON-LD to the head of the home page, unless it is there already."""
    path = site / settings.place("index.html")
    if not path.is_file():
        return
    html = path.read_text(encoding="utf-8")
    script = format_script(make_profile_page(profile, settings))
    if script not in html:
        write_file(path, html.replace("</head>", f"{script}\n</head>", 1))
