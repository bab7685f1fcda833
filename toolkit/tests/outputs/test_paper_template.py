"""The template of papers' pages, and pages made from it."""

import pytest
from hypothesis import given
from markupsafe import Markup

from octavo.outputs.paper_template import PaperTemplate, fill_head, is_template
from tests.outputs.site import HOME, TEMPLATE
from tests.reading import read_html
from tests.rows import hostile_texts

PLAIN = {"description": "About it", "card": "cards/x.png", "body": Markup("<p>Body</p>"), "head": Markup("<meta>\n")}


def test_each_placeholder_gets_its_value_wherever_it_is() -> None:
    page = PaperTemplate.parse(TEMPLATE).fill(PLAIN | {"title": "Ideals & Rings"})
    assert not is_template(page)
    root = read_html(page.partition("\n")[2])
    assert root.find("title")[0].text == "Ideals & Rings – Emmy Noether"
    assert root.find("h1")[0].text == "Ideals & Rings"
    assert root.find("meta", property="og:title")[0].attributes["content"] == "Ideals & Rings – Emmy Noether"
    assert root.find("meta", property="og:image")[0].attributes["content"].endswith("~emmy/cards/x.png")
    assert root.find("main")[0].find("p")[0].text == "Body"
    assert "<meta>\n</head>" in page


def test_the_templates_own_canonical_address_is_left_off() -> None:
    assert "canonical" not in PaperTemplate.parse(TEMPLATE).fill(PLAIN | {"title": "x"})


@given(hostile_texts, hostile_texts)
def test_no_text_breaks_out_of_its_place(title: str, description: str) -> None:
    page = PaperTemplate.parse(TEMPLATE).fill(PLAIN | {"title": title, "description": description})
    plain = PaperTemplate.parse(TEMPLATE).fill(PLAIN | {"title": "x", "description": "y"})
    shapes = [[element.tag for element in read_html(text.partition("\n")[2]).walk()] for text in (page, plain)]
    assert shapes[0] == shapes[1]


@pytest.mark.parametrize("placeholder", ["PAPER-BODY", "PAPER-TITLE", "</head>"])
def test_a_page_without_a_placeholder_is_no_template(placeholder: str) -> None:
    with pytest.raises(ValueError, match=r"no placeholder for (body|title|head)"):
        PaperTemplate.parse(TEMPLATE.replace(placeholder, ""))


def test_tags_go_to_the_end_of_the_head_once() -> None:
    assert fill_head(HOME, Markup("<meta>")) == HOME.replace("</head>", "<meta></head>")
    assert fill_head("<p>no head</p>", Markup("<meta>")) == "<p>no head</p>"
