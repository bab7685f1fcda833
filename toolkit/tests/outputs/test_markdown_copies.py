"""Markdown copies have everything a reader sees on a page, and `llms.txt` links to all of them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from octavo.outputs import write_markdown_copies
from octavo.site import Crawlers
from tests.outputs.site import SITE
from tests.reading import read_page

HEAD = "<head><title>P</title>\n{head}</head>"
PAGE = f'<html>{HEAD}<body><nav>Menu</nav><main id="main"{{attributes}}>{{body}}</main></body></html>'
LINK = '<link rel="alternate" type="text/markdown" href="{}">'


def write_page(site: Path, path: str, body: str, *, head: str = "", attributes: str = "") -> Path:
    file = site / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(PAGE.format(head=head, body=body, attributes=attributes), encoding="utf-8")
    return file


def copy_page(folder: Path, body: str, path: str = "projects/rings.html") -> str:
    """The copy of a page with this body."""
    file = write_page(folder, path, body)
    write_markdown_copies(folder, folder.parent, SITE)
    return file.with_suffix(".llms.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<h1>Rings</h1><p>By <strong>E. N.</strong>, <em>1921</em></p>", "# Rings\n\nBy **E. N.**, *1921*"),
        ('<p><a href="../cv.html#a">CV</a></p>', f"[CV]({SITE.url}/cv.html#a)"),
        ('<p><a href="#top">Up</a></p>', f"[Up]({SITE.url}/projects/rings.html#top)"),
        ('<p><img src="r.png" alt="A ring"></p>', f"![A ring]({SITE.url}/projects/r.png)"),
        ("<p>x<sup>2</sup>, H<sub>2</sub>O</p>", "x^2^, H~2~O"),
        ("<p>5 * 3 and a_b</p>", r"5 \* 3 and a\_b"),
        ("<pre><code>a &lt; b</code></pre>", "```\na < b\n```"),
        ("<table><tr><th>A</th></tr><tr><td>1</td></tr></table>", "| A |\n| --- |\n| 1 |"),
        (
            "<p><math><semantics><mi>x</mi><annotation>x_1</annotation></semantics></math></p>",
            "$x_1$",
        ),
        (
            r'<math display="block"><semantics><mi>x</mi><annotation>\frac{a}{b}</annotation></semantics></math>',
            r"$$\frac{a}{b}$$",
        ),
    ],
)
def test_text_becomes_markdown_and_addresses_absolute(tmp_path: Path, body: str, text: str) -> None:
    assert copy_page(tmp_path, body) == f"{text}\n"


@pytest.mark.parametrize(
    "body",
    [
        "<script>x</script>",
        '<form><input name="q"></form><p hidden>No publications match.</p>',
        "<button>Copy</button>",
        '<nav class="toc"><a href="#a">A</a></nav>',
        '<img src="data:image/png;base64,AAAA" alt="Tiny">',
        '<figure class="chart"><svg><title>By year</title></svg></figure>',
        '<ul class="listing"><li><img src="a.png" alt="Thumbnail"></li></ul>',
        '<div class="publication"><details><summary>BibTeX</summary><pre>@book{a}</pre></details></div>',
    ],
)
def test_parts_that_only_a_browser_can_use_are_left_out(tmp_path: Path, body: str) -> None:
    assert copy_page(tmp_path, f"<p>Kept</p>{body}").splitlines()[0] == "Kept"
    assert len(copy_page(tmp_path, f"<p>Kept</p>{body}").split()) <= 2  # at most the marker of an empty list


def test_every_page_links_to_its_copy_once_however_often_the_hook_runs(tmp_path: Path) -> None:
    page = write_page(tmp_path, "publications/p1.html", "<h1>P</h1>")
    write_markdown_copies(tmp_path, tmp_path.parent, SITE)
    first = page.stat().st_mtime_ns
    write_markdown_copies(tmp_path, tmp_path.parent, SITE)
    assert page.read_text().count(LINK.format("p1.llms.md")) == 1
    assert page.stat().st_mtime_ns == first


def write_small_site(site: Path) -> None:
    write_page(
        site, "cv.html", "<h1>A [draft] CV</h1>", head='<meta name="description" content="A [vita](javascript:a).">'
    )
    write_page(site, "index.html", "<h1>Emmy <math><mi>x</mi><annotation>x^2</annotation></math></h1>")
    write_page(site, "404.html", "<h1>Gone</h1>")
    write_page(site, "search.html", "<h1>Search</h1>")
    write_page(site, "private.html", "<h1>Unlisted</h1>", attributes=' data-search="none"')
    (site / "moved.html").write_text('<html><head><meta http-equiv="refresh" content="0; url=cv.html"></head></html>')
    for name, date in {"old": "1907", "new": "1921/10", "coming": ""}.items():
        tags = '<meta name="citation_title" content="T">'
        tags += f'<meta name="citation_publication_date" content="{date}">' if date else ""
        write_page(site, f"publications/{name}.html", f"<h1>{name}</h1>", head=tags)
    (site / "publications.bib").touch()


def test_llms_txt_lists_the_home_page_first_and_the_newest_papers_first(tmp_path: Path) -> None:
    write_small_site(tmp_path)
    write_markdown_copies(tmp_path, tmp_path.parent, SITE)
    assert (tmp_path / "llms.txt").read_text() == (
        f"# Emmy Noether\n\n> Rings.\n\n"
        f"## Pages\n\n- [Emmy $x^2$]({SITE.url}/index.llms.md)\n- [A \\[draft\\] CV]({SITE.url}/cv.llms.md): "
        f"A \\[vita\\](javascript:a).\n\n"
        f"## Publications\n\n- [coming]({SITE.url}/publications/coming.llms.md)\n"
        f"- [new]({SITE.url}/publications/new.llms.md)\n- [old]({SITE.url}/publications/old.llms.md)\n\n"
        f"## Data\n\n- [All publications as BibTeX]({SITE.url}/publications.bib)\n"
    )
    copies = {file.relative_to(tmp_path).as_posix() for file in tmp_path.rglob("*.llms.md")}
    assert copies == {"index.llms.md", "cv.llms.md", *(f"publications/{n}.llms.md" for n in ("old", "new", "coming"))}


@pytest.mark.parametrize("robots", ["no-training", "none"])
def test_there_are_none_if_some_crawlers_are_excluded(tmp_path: Path, robots: Crawlers) -> None:
    write_small_site(tmp_path)
    write_markdown_copies(tmp_path, tmp_path.parent, SITE)
    write_small_site(tmp_path)  # rendered again, in a folder that still has the copies
    write_markdown_copies(tmp_path, tmp_path.parent, SITE._replace(robots=robots))
    assert not list(tmp_path.rglob("*.llms.md"))
    assert not (tmp_path / "llms.txt").exists()
    assert "text/markdown" not in (tmp_path / "index.html").read_text()


def test_the_copy_of_a_deleted_page_is_removed(tmp_path: Path) -> None:
    write_small_site(tmp_path)
    write_markdown_copies(tmp_path, tmp_path.parent, SITE)
    (tmp_path / "publications/old.html").unlink()
    write_markdown_copies(tmp_path, tmp_path.parent, SITE)
    assert not (tmp_path / "publications/old.llms.md").exists()


@pytest.mark.parametrize("robots", ["all", "none"])
def test_an_llms_txt_of_the_owner_is_kept(tmp_path: Path, robots: Crawlers) -> None:
    site = tmp_path / "_site"
    write_small_site(site)
    for folder in (tmp_path, site):
        (folder / "llms.txt").write_text("# Mine\n")
    write_markdown_copies(site, tmp_path, SITE._replace(robots=robots))
    assert (site / "llms.txt").read_text() == "# Mine\n"


@pytest.mark.parametrize("name", ["homepage", "noether"])
def test_every_file_that_llms_txt_and_pages_link_to_exists(build: Callable[[str], Path], name: str) -> None:
    site = build(name)
    text = (site / "llms.txt").read_text(encoding="utf-8")
    url = read_page(site / "index.html").find("link", rel="canonical")[0].attributes["href"].rstrip("/")
    named = [address.removeprefix(f"{url}/") for address in text.split("](")[1:]]
    paths = [address.partition(")")[0] for address in named]
    assert len(paths) > 10
    assert [path for path in paths if not (site / path).is_file()] == []
    assert "**" in (site / "index.llms.md").read_text(encoding="utf-8")
    for page in ("index.html", "publications.html"):
        assert LINK.format(f"{Path(page).stem}.llms.md") in (site / page).read_text(encoding="utf-8")
