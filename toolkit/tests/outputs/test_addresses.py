"""Addresses in components, adjusted for pages in another folder."""

from hypothesis import given
from markupsafe import Markup

from octavo.html import element
from octavo.outputs.addresses import place_addresses
from tests.rows import hostile_texts


def test_files_of_the_site_get_the_base_and_others_stay() -> None:
    html = element("p", *(element("a", "x", href=to) for to in ("/docs/a.pdf", "https://b.example", "c.bib", "//d/")))
    assert place_addresses(html, "../") == (
        '<p><a href="../docs/a.pdf">x</a><a href="https://b.example">x</a><a href="c.bib">x</a><a href="//d/">x</a></p>'
    )


def test_every_file_of_a_picture_gets_the_base() -> None:
    html = element("source", srcset="/pictures/a.avif 1x, /pictures/b.avif 1.5x, https://c.example/ 2x")
    assert place_addresses(html, "../") == (
        '<source srcset="../pictures/a.avif 1x, ../pictures/b.avif 1.5x, https://c.example/ 2x">'
    )


@given(hostile_texts)
def test_no_text_is_mistaken_for_an_address(text: str) -> None:
    hostile = f'{text} href="/x" src="/y" srcset="/z 1x, /w 2x"'
    html = element("p", hostile, title=hostile)
    assert place_addresses(html, "../") == html


def test_the_poster_of_a_film_gets_the_base_too() -> None:
    film = Markup('<video src="/assets/a.mp4" poster="/pictures/a.jpg"></video>')
    assert place_addresses(film, "../") == '<video src="../assets/a.mp4" poster="../pictures/a.jpg"></video>'
