"""The owner's answers: a name, an affiliation, and labels stay text wherever a new site shows them."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
import yaml
from markdown_it import MarkdownIt

from octavo.markdown import plain_text
from octavo.starter.create import write_seeds
from octavo.starter.identity import CHECKS, Identity, check_site_url
from octavo.tables.rows import load_profile
from tests.building import run_octavo
from tests.needs import need_quarto
from tests.reading import Element, read_page
from tests.starter.sites import make_site

NAMES = [
    "<script>alert(1)</script>",
    "Miles O'Brien",
    'Ada "The" Nowak',
    "# Ada",
    "Ada: Nowak",
    "*Ada* _Nowak_ *x",
    "$Ada$ $$Nowak$$",
    "{{< meta title >}}",
    "Ada {{< include /etc/passwd >}}",
    "{{{< x >}}}",
    "Ada\\Nowak\\",
    "Ada \\n \\u202e",
    "Ada 🦊 👩\u200d🔬",
    "محمد بن موسى",
    "שרה",
    "कृष्ण",
    "- Ada",
    "1. Ada",
    "iv. Ada",
    "A. Nowak -- B. C...",
    "@ada [x] ![y]",
    "`code ~~x~~ H~2~O 2^10^",
    "&lt;Ada&gt; &amp; A&M",
    "%TAG ! yaml,2000",
    "null",
    "1.10",
    "!!python/object:x",
    "*anchor",
    "a: [b",
    "--- Ada",
    "| Ada",
    "]]> --> Ada",
    "</title><h1>Ada",
    "Ada" * 100,
]
NAME = '<script>alert(1)</script> O\'Brien "Q" #1: *a* _b_ $x$ {{< meta title >}} \\x 🦊 نور -- 1'
AFFILIATION = "A&M *U* <b>x</b> {{< meta title >}} `c [l] https://evil.example"
LABEL = "Git<b>Hub</b> *x* {{< meta title >}}"
PLAIN = Identity(
    name="Ada Nowak",
    affiliation="Example University",
    site_url="https://x.example",
    links=(("GitHub", "https://github.com/x"),),
)
HOSTILE = Identity(
    name=NAME, affiliation=AFFILIATION, site_url="https://x.example", links=((LABEL, "https://github.com/x"),)
)
PAGES = ("index", "publications", "news", "cv", "404")


@pytest.mark.parametrize("name", NAMES)
def test_every_file_has_the_exact_name(name: str, tmp_path: Path) -> None:
    """Configuration, front matter, README, picture, and table all read back as the same text."""
    identity = Identity(name=name, affiliation=name, links=((name, "https://x.example"),))
    folder = make_site(tmp_path / "site", identity)
    website = yaml.safe_load((folder / "_quarto.yml").read_text("utf-8"))["website"]
    front, _, body = (folder / "index.qmd").read_text("utf-8").removeprefix("---\n").partition("\n---\n")
    readme = (folder / "README.md").read_text("utf-8").splitlines()[0]
    picture = ET.fromstring((folder / "assets/favicon.svg").read_text("utf-8"))  # noqa: S314
    profile = load_profile(folder / "data")
    assert (profile.name, profile.affiliation, profile.links[1].label) == (name, name, name)
    assert plain_text(website["title"]) == plain_text(yaml.safe_load(front)["title"]) == name
    assert plain_text(yaml.safe_load(front)["description"]) == f"{name}, {name}."
    assert "{{<" not in website["title"] + front + body
    heading = MarkdownIt("commonmark").parse(readme)[1].children or []
    assert ([token.type for token in heading], readme[:2]) == (["text"], "# ")
    assert heading[0].content == name
    assert [element.tag.rpartition("}")[2] for element in picture.iter()] == ["svg", "rect", "text"]
    assert (picture[1].text or "").isalnum()


def test_a_picture_shows_the_first_letter_and_no_punctuation() -> None:
    assert b">S<" in write_seeds(Identity(name="<script>"), [], {})["assets/favicon.svg"]


@pytest.mark.parametrize(
    "sign", ["\n", "\r", "\t", "\x00", "\x1b", "\x7f", "\x9b", "\u2028", "\u202e", "\u2066"], ids=ascii
)
@pytest.mark.parametrize("field", ["name", "position", "affiliation", "link"])
def test_control_characters_are_refused(field: str, sign: str) -> None:
    """A line break or a control character in a name could forge a line in a file or on a terminal."""
    text = f"Ada{sign}Nowak"
    with pytest.raises(ValueError, match="expected one line of text"):
        CHECKS[field](f"{text}=https://x.example" if field == "link" else text)


@pytest.mark.parametrize(
    "address",
    [
        "https://x.example/<script>",
        'https://x.example/"',
        "https://x.example/{{< meta title >}}",
        "https://x.example/_a_/",
        "https://x.example/~a~",
        "https://x.example/*a*",
        "https://x.example/a b",
        "https://me:secret@x.example",
        "https://x.example: #",
        "https://",
    ],
)
def test_an_address_with_markup_is_refused(address: str) -> None:
    with pytest.raises(ValueError, match="is not the address of a site"):
        check_site_url(address)


@pytest.mark.parametrize(
    "address",
    [
        "https://ida.example/~ida",
        "http://localhost:8000/",
        "https://x.github.io/my_site/",
        "https://bücher.example",
        "https://x.example/%5Fa%5F/",
    ],
)
def test_a_valid_address_is_accepted(address: str) -> None:
    assert check_site_url(address) == address.rstrip("/")


@pytest.fixture(scope="module", params=["embedded", pytest.param("quarto", marks=pytest.mark.quarto)])
def sites(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The built sites of an owner with an ordinary name and of one with a hostile name."""
    if request.param == "quarto":
        need_quarto()
    made = []
    for identity in (PLAIN, HOSTILE):
        target = make_site(tmp_path_factory.mktemp(request.param) / "site", identity)
        for command in (["build", "--renderer", request.param], ["check", "--site"]):
            done = run_octavo(target, *command)
            assert done.returncode == 0, done.stdout + done.stderr
        made.append(target / "_site")
    return made[0], made[1]


def list_elements(page: Element) -> list[tuple[str, list[str]]]:
    """Each element's tag and the names of its attributes."""
    return [(element.tag, sorted(element.attributes)) for element in page.walk()]


@pytest.mark.parametrize("name", PAGES)
def test_no_element_or_attribute_comes_from_a_name(name: str, sites: tuple[Path, Path]) -> None:
    """Page by page, a hostile name makes the same elements as an ordinary one."""
    plain, hostile = (read_page(site / f"{name}.html") for site in sites)
    assert list_elements(hostile) == list_elements(plain)


@pytest.mark.parametrize("name", PAGES)
def test_every_page_shows_the_exact_name(name: str, sites: tuple[Path, Path]) -> None:
    page = read_page(sites[1] / f"{name}.html")
    assert page.find("a", class_="site-title")[0].text == NAME
    assert page.find("footer")[0].find("p")[0].text.strip() == NAME
    title = page.find("title")[0].text
    assert title == NAME if name == "index" else title.endswith(f" – {NAME}")
    assert {link.attributes["title"] for link in page.find("link", type="application/atom+xml")} == {NAME}


def test_the_home_page_shows_every_answer(sites: tuple[Path, Path]) -> None:
    page = read_page(sites[1] / "index.html")
    description = f"{NAME}, {AFFILIATION}."
    assert page.find("h1")[0].text == NAME
    assert AFFILIATION in page.lines
    assert LABEL in [link.text for link in page.find("a")]
    assert page.find("meta", name="description")[0].attributes["content"] == description
    assert page.find("meta", property="og:description")[0].attributes["content"] == description
    assert page.find("meta", property="og:title")[0].attributes["content"] == NAME
    # Before 1.10, Quarto would expand the shortcode here.
    name = page.find("meta", property="og:site_name")[0].attributes["content"]
    assert name in (NAME, NAME.replace("{{<", "{ {<").replace(">}}", "> }}"))


def test_feeds_have_the_exact_name(sites: tuple[Path, Path]) -> None:
    feed = json.loads((sites[1] / "feed.json").read_text("utf-8"))
    assert (feed["title"], feed["authors"]) == (NAME, [{"name": NAME}])
    assert feed["description"] == f"{NAME}, {AFFILIATION}."
