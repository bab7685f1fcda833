"""The first screen presents the owner, each fact once, with or without each part."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import get_args

import pytest

from octavo import listings
from octavo.listings.links import Icon, find_icon
from octavo.model.profile import Affiliation, CvSettings, Profile, ProfileLink
from octavo.model.row import Picture
from octavo.model.vocabulary import LinkRole, Network
from tests.sites import TOOLKIT

STYLES = TOOLKIT / "src" / "octavo" / "format" / "octavo.css"
FULL = Profile(
    name="Emmy Noether",
    position="Visiting Professor",
    pronouns="she/her",
    affiliations=(
        Affiliation("Bryn Mawr", "https://brynmawr.example", "Department of Mathematics"),
        Affiliation("Institute for Advanced Study"),
    ),
    email="e.noether@example.org",
    orcid="0000-0002-1825-0097",
    location="Bryn Mawr, Pennsylvania",
    photo="assets/emmy.jpg",
    picture=Picture("assets/emmy.jpg", "0123456789abcdef", 400, 500),
    links=(ProfileLink("GitHub", "https://github.com/emmy"),),
)


def test_every_known_fact_is_shown_once() -> None:
    shown = str(listings.profile_header(FULL))
    for text in (
        '<span class="p-job-title">Visiting Professor</span> <span class="pronouns">(she/her)</span></p>',
        '<p class="workplace">Department of Mathematics, <span class="p-org"><a href="https://brynmawr.example">',
        '<p class="workplace"><span class="p-org">Institute for Advanced Study</span></p>',
        '<p class="location p-locality">Bryn Mawr, Pennsylvania</p>',
        '<a href="mailto:e.noether@example.org" data-icon="email" rel="me" class="u-email">e.noether@example.org</a>',
        '<a href="https://github.com/emmy" rel="me" data-icon="github">GitHub</a>',
        '<a href="https://orcid.org/0000-0002-1825-0097" rel="me" data-icon="orcid">ORCID</a>',
        'alt="Portrait of Emmy Noether"',
    ):
        assert shown.count(text) == 1


@pytest.mark.parametrize("field", ["position", "affiliations", "email", "location", "picture", "links", "pronouns"])
def test_missing_fields_leave_no_trace(field: str) -> None:
    shown = str(listings.profile_header(Profile(name="N", **{field: getattr(FULL, field)})))
    for name in ("position", "workplace", "email", "location", "portrait", "links", "pronouns"):
        own = {"affiliations": "workplace", "picture": "portrait"}.get(field, field)
        # Pronouns are in the position's line.
        is_there = name == own or (field, name) == ("pronouns", "position")
        assert (f'class="{name}' in shown) is is_there, name


def test_a_profile_with_only_a_name_shows_nothing() -> None:
    assert listings.profile_header(Profile(name="N")) is None


def test_the_single_affiliation_is_one_of_several() -> None:
    profile = Profile(name="N", affiliation="A", affiliation_url="https://a.example", department="D")
    assert profile.workplaces == (Affiliation("A", "https://a.example", "D"),)
    assert '<p class="workplace">D</p>' in str(listings.profile_header(Profile(name="N", department="D")))


def test_a_guarded_address_is_only_for_people() -> None:
    guarded = Profile(name="N", email="e.noether@example.org", email_guard=True)
    for shown in (str(listings.profile_header(guarded)), str(listings.profile_links(guarded))):
        assert "e dot noether at example dot org" in shown
        assert "@" not in shown
        assert "mailto" not in shown


def test_an_orcid_among_the_links_is_not_repeated() -> None:
    link = ProfileLink("My iD", "https://orcid.org/0000-0002-1825-0097")
    shown = str(listings.profile_links(Profile(name="N", orcid="0000-0002-1825-0097", links=(link,))))
    assert shown.count("<li>") == 1
    assert "My iD" in shown


@pytest.mark.parametrize(
    ("address", "label", "icon"),
    [
        ("https://scholar.google.co.uk/citations?user=x", "", "scholar"),
        ("https://orcid.org/0000-0002-1825-0097", "", "orcid"),
        ("https://www.github.com/x", "", "github"),
        ("https://de.linkedin.com/in/x", "", "linkedin"),
        ("https://mathstodon.xyz/@emmy", "", "mastodon"),
        ("https://medium.com/@emmy/a-story", "", "website"),
        ("https://bsky.app/profile/x", "", "bluesky"),
        ("https://x.com/emmy", "", "x"),
        ("https://netflix.com/", "", "website"),
        ("https://dblp.org/pid/1", "", "dblp"),
        ("https://dblp.uni-trier.de/pid/1", "", "dblp"),
        ("https://www.semanticscholar.org/author/1", "", "semantic-scholar"),
        ("mailto:e@example.org", "", "email"),
        ("docs/me.pdf", "CV", "cv"),
        ("docs/me.PDF", "Statement", "paper"),
        ("news.html", "News", "website"),
        ("https://doi.org/10.1000/1", "", "doi"),
    ],
)
def test_the_icon_of_a_link_follows_from_its_address(address: str, label: str, icon: Icon) -> None:
    assert find_icon(address, label) == icon


def test_the_stylesheet_draws_an_icon_for_every_role_and_network() -> None:
    drawn = set(re.findall(r'^\[data-icon="([\w-]+)"\]::before \{ clip-path: path', STYLES.read_text(), re.MULTILINE))
    assert drawn >= {*get_args(LinkRole), *get_args(Network)}


def test_the_cv_has_its_icon_in_any_language() -> None:
    links = (ProfileLink("السيرة الذاتية", "docs/me.pdf"), ProfileLink("Paper", "docs/other.pdf"))
    shown = str(listings.profile_links(replace(FULL, links=links, cv=CvSettings(file="docs/me.pdf"))))
    assert shown.count('data-icon="cv"') == 1
    assert 'data-icon="cv">السيرة الذاتية</a>' in shown
