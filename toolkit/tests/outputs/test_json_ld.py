"""JSON-LD: the owner and the papers."""

import json
from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from octavo.citations import make_item
from octavo.model.authors import Author
from octavo.model.dates import PartialDate
from octavo.model.profile import Affiliation, Profile, ProfileLink
from octavo.model.row import Picture
from octavo.outputs.json_ld import format_script, make_article, make_breadcrumbs, make_person, make_profile_page
from tests.outputs.site import SITE
from tests.reading import read_html
from tests.rows import hostile_texts, make_row

ADDRESS = f"{SITE.url}/publications/paper-1.html"


def describe(**fields: Any) -> dict[str, Any]:
    row = make_row(**fields)
    return make_article(row, make_item(row), ADDRESS, SITE)


def test_the_owner_is_a_person_with_their_profiles_elsewhere() -> None:
    links = (
        ProfileLink("CV", "docs/cv.pdf"),
        ProfileLink("MacTutor", "https://mactutor.example/noether"),
        ProfileLink("Mail", "mailto:e@noether.example"),
    )
    profile = Profile(
        name="Emmy Noether",
        position="Professor",
        affiliation="Bryn Mawr College",
        affiliation_url="https://brynmawr.example",
        orcid="0000-0002-1825-0097",
        photo="assets/photo.jpg",
        picture=Picture("assets/photo.jpg", "0123456789abcdef", 3000, 4000),
        links=links,
    )
    assert make_person(profile, SITE) == {
        "@context": "https://schema.org",
        "@type": "Person",
        "name": "Emmy Noether",
        "url": "https://noether.example/~emmy/",
        "image": "https://noether.example/~emmy/pictures/photo-0123456789-312.jpg",
        "jobTitle": "Professor",
        "affiliation": {"@type": "Organization", "name": "Bryn Mawr College", "url": "https://brynmawr.example"},
        "sameAs": ["https://mactutor.example/noether", "https://orcid.org/0000-0002-1825-0097"],
    }


def test_the_home_page_is_the_owners_profile() -> None:
    page = make_profile_page(Profile(name="Emmy Noether"), SITE)
    person = {"@type": "Person", "name": "Emmy Noether", "url": "https://noether.example/~emmy/"}
    assert page == {
        "@context": "https://schema.org",
        "@type": "ProfilePage",
        "inLanguage": "en",
        "mainEntity": person,
    }


def test_a_papers_page_has_breadcrumbs() -> None:
    steps = make_breadcrumbs("Rings", SITE)["itemListElement"]
    assert [(step["position"], step["name"], step.get("item")) for step in steps] == [
        (1, SITE.title, "https://noether.example/~emmy/"),
        (2, "Publications", "https://noether.example/~emmy/publications.html"),
        (3, "Rings", None),
    ]


def test_a_guarded_address_is_not_in_the_page() -> None:
    profile = Profile(name="E. Noether", email="e@noether.example")
    assert make_person(profile, SITE)["email"] == "e@noether.example"
    assert "email" not in make_person(replace(profile, email_guard=True), SITE)


def test_a_name_in_another_script_is_an_alternate_name() -> None:
    names = {"name": {"en": "Emmy Noether", "ar": "إيمي نويتر"}}
    person = make_person(Profile(name="إيمي نويتر", translations=names), SITE)
    assert (person["name"], person["alternateName"]) == ("إيمي نويتر", ["Emmy Noether"])


def test_several_affiliations_are_a_list() -> None:
    profile = Profile(name="E. Noether", affiliations=(Affiliation("Bryn Mawr"), Affiliation("IAS")))
    assert [place["name"] for place in make_person(profile, SITE)["affiliation"]] == ["Bryn Mawr", "IAS"]


def test_missing_fields_of_the_profile_are_left_out() -> None:
    assert make_person(Profile(name="E. Noether"), SITE).keys() == {"@context", "@type", "name", "url"}


def test_a_paper_is_an_article_with_the_fields_of_its_row() -> None:
    article = describe(
        title="Idealtheorie",
        authors=(Author("E.", "Noether", orcid="0000-0002-1825-0097"), Author(literal="The Group")),
        date=PartialDate.parse("Nov 1921"),
        container_title="Mathematische Annalen",
        volume="83",
        page="24–66",
        doi="10.1/x",
        award="Prize",
        topics=("Ideale",),
        links={"paper": "docs/x.pdf", "doi": "https://doi.org/10.1/x", "poster": "https://p.example"},
    )
    assert article == {
        "@context": "https://schema.org",
        "@type": "ScholarlyArticle",
        "@id": ADDRESS,
        "url": ADDRESS,
        "name": "Idealtheorie",
        "headline": "Idealtheorie",
        "author": [
            {"@type": "Person", "name": "E. Noether", "sameAs": "https://orcid.org/0000-0002-1825-0097"},
            {"@type": "Organization", "name": "The Group"},
        ],
        "datePublished": "1921-11",
        "keywords": ["Ideale"],
        "award": "Prize",
        "isPartOf": {"@type": "Periodical", "name": "Mathematische Annalen", "volumeNumber": "83"},
        "pagination": "24–66",
        "identifier": {"@type": "PropertyValue", "propertyID": "DOI", "value": "10.1/x"},
        "sameAs": ["https://doi.org/10.1/x"],
        "encoding": {
            "@type": "MediaObject",
            "encodingFormat": "application/pdf",
            "contentUrl": "https://noether.example/~emmy/docs/x.pdf",
        },
    }


def test_an_unpublished_work_has_a_status_and_no_invented_date() -> None:
    article = describe(status="under review")
    assert article["creativeWorkStatus"] == "under review"
    assert "datePublished" not in article


def test_other_works_have_their_own_types() -> None:
    assert [describe(type=type_)["@type"] for type_ in ("thesis", "dataset", "paper-conference", "post-weblog")] == [
        "Thesis",
        "Dataset",
        "ScholarlyArticle",
        "ScholarlyArticle",
    ]


def test_editors_and_translators_are_not_authors() -> None:
    people = (Author("E.", "Artin"),)
    book = describe(type="book", authors=(), editors=people, translators=people, edition="2", language="de")
    artin = {"@type": "Person", "name": "E. Artin"}
    assert "author" not in book
    assert (book["editor"], book["translator"]) == ([artin], [artin])
    assert (book["bookEdition"], book["inLanguage"]) == ("2", "de")


@given(st.dictionaries(hostile_texts, hostile_texts, max_size=3))
def test_no_text_breaks_out_of_the_data_block(data: dict[str, str]) -> None:
    html = str(format_script(data))
    text = html.removeprefix('<script type="application/ld+json">').removesuffix("</script>")
    assert "<" not in text
    assert json.loads(text) == data
    assert [element.tag for element in read_html(html).walk()] == ["", "script"]


def test_a_papers_picture_is_its_image_in_a_widely_supported_format() -> None:
    picture = Picture("assets/rings.png", "0123456789abcdef", 900, 600)
    assert describe(picture=picture)["image"] == f"{SITE.url}/pictures/rings-0123456789-900.jpg"
    assert "image" not in describe()
