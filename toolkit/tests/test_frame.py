"""The frame of a page: the first screen, the menu, and the footer, from settings and tables."""

from __future__ import annotations

from pathlib import Path

import brotli
import pytest

from octavo.cli import pre_render
from octavo.sitecheck.site import read_site
from octavo.sitecheck.weight import Budget, check_weight
from tests.building import build_site
from tests.pictures.drawing import draw_halves, write_picture
from tests.reading import Element, read_page
from tests.sites import ROOT, lay_out

SETTINGS = "source-code: https://example.org/emmy/site\nicons: false\n"


def render(name: str, folder: Path, settings: str, **environment: str) -> Path:
    root = lay_out(name, folder / name)
    with (root / "_quarto.yml").open("a", encoding="utf-8") as configuration:
        configuration.write(f"\n{settings}")
    return build_site(root, environment=environment)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Emmy Noether's site with a photo and every setting."""
    return render("noether", tmp_path_factory.mktemp("frame"), SETTINGS, SOURCE_DATE_EPOCH="1600000000")


def read_foot(page: Element) -> dict[str, str]:
    """The text of the footer's links, and their addresses."""
    lines = page.find("footer")[0].find("p")
    return {line.text: next((link.attributes["href"] for link in line.find("a")), "") for line in lines}


def test_the_footer_links_to_feed_and_source_and_has_the_date(site: Path) -> None:
    assert read_foot(read_page(site / "news.html")) == {
        "Emmy Noether": "",
        "Feed": "./feed.xml",
        "Source": "https://example.org/emmy/site",
        "Last changed September 13, 2020": "",
    }
    [day] = read_page(site / "news.html").find("time", datetime="2020-09-13")
    assert day.text == "September 13, 2020"


def test_a_long_page_links_back_to_its_top(site: Path) -> None:
    assert read_foot(read_page(site / "publications.html"))["Back to top"] == "#top"
    assert "Back to top" not in read_foot(read_page(site / "404.html"))


def test_icons_can_be_turned_off(site: Path) -> None:
    [root] = read_page(site / "index.html").find("html")
    assert root.attributes["data-icons"] == "none"


def test_the_photo_is_loaded_in_small_files_from_where_the_page_is(site: Path) -> None:
    page = read_page(site / "index.html")
    [photo] = page.find("img", class_="portrait")
    [source] = page.find("source", type="image/avif")
    files = [photo.attributes["src"], *(part.split()[0] for part in source.attributes["srcset"].split(","))]
    assert len(files) == 3
    for file in files:
        assert file.startswith("./pictures/emmy-")
        assert (site / file).stat().st_size <= 40_000
    assert (photo.attributes["width"], photo.attributes["height"]) == ("160", "200")


def test_a_home_page_with_a_photo_weighs_at_most_fifty_kilobytes_in_six_requests(site: Path) -> None:
    assert list(check_weight(read_site(site), (Budget("index.html", True, 50_000, 6),))) == []


def test_a_home_page_without_one_weighs_at_most_fifteen_in_four(tmp_path: Path) -> None:
    site = render("homepage", tmp_path, "")
    assert list(check_weight(read_site(site), (Budget("index.html", True, 15_000, 4),))) == []


def test_all_icons_together_weigh_at_most_four_kilobytes() -> None:
    styles = (ROOT / "_extensions/octavo/octavo.css").read_text(encoding="utf-8")
    icons = "\n".join(line for line in styles.splitlines() if line.startswith("[data-icon="))
    assert 1000 < len(brotli.compress(icons.encode())) <= 4000


def test_without_settings_and_tables_nothing_is_shown(tmp_path: Path) -> None:
    root = lay_out("homepage", tmp_path / "homepage")
    for table in (root / "data").glob("*.yml"):
        if table.stem != "profile":
            table.unlink()
    (root / "data" / "profile.yml").write_text("name: N. Body\n", encoding="utf-8")
    page = read_page(build_site(root) / "index.html")
    assert [heading.text for heading in page.find("h2")] == ["About Me", "Beyond Research"]
    assert not page.find("div", class_="profile")
    assert "data-icons" not in page.find("html")[0].attributes


def test_frozen_results_are_removed_when_a_picture_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = lay_out("noether", tmp_path / "noether")
    monkeypatch.chdir(root)
    stamps = []
    for content in (None, write_picture(draw_halves(), "JPEG")):
        if content:
            (root / "assets" / "emmy.jpg").write_bytes(content)
        assert pre_render.main() == 0
        stamps.append((root / ".quarto/octavo/tables.sha256").read_text(encoding="utf-8"))
    assert stamps[0] != stamps[1]
