"""Pictures of papers and projects: small beside the entry, large on the paper's page."""

from __future__ import annotations

from octavo.listings.entries import show_entries
from octavo.listings.paper import paper_body
from octavo.listings.publications import publication_item
from octavo.model.catalog import Research
from octavo.model.row import Picture
from tests.rows import make_row

PICTURE = Picture("assets/rings.png", "0123456789abcdef", 900, 600)


def test_a_picture_is_small_beside_its_entry_and_not_in_a_cv() -> None:
    row = make_row(picture=PICTURE, alt="Rings & fields")
    item = publication_item(row)
    assert 'class="publication pictured"' in item
    assert 'alt="Rings &amp; fields" width="120" height="80" loading="lazy"' in item
    assert "<img" not in publication_item(row, brief=True)


def test_a_project_has_its_picture_too() -> None:
    shown = show_entries(Research, [make_row("research", title="Rings", picture=PICTURE)])
    assert shown
    assert '<li class="pictured"><picture>' in shown
    assert 'alt=""' in shown


def test_the_papers_page_has_a_large_picture() -> None:
    body = paper_body(make_row(picture=PICTURE, alt="Rings"), "")
    assert '<figure class="picture"><picture>' in body
    assert 'alt="Rings" width="680" height="453"' in body


def test_a_film_replaces_the_picture_and_does_not_play_by_itself() -> None:
    """Only a script can know whether the reader prefers reduced motion."""
    body = paper_body(make_row(picture=PICTURE, alt="Rings", video="assets/rings.mp4"), "")
    video = body[body.index("<video") : body.index("</video>")]
    assert 'src="/assets/rings.mp4" poster="/pictures/rings-0123456789-900.jpg" width="680" height="453"' in video
    for attribute in (" muted", " loop", " playsinline", " controls", 'preload="none"', 'aria-label="Rings"'):
        assert attribute in video
    assert "autoplay" not in video
    assert "<img" not in body
