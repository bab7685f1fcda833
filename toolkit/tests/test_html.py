"""Elements: text is escaped, markup is not, and what is absent leaves no trace."""

from __future__ import annotations

from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from octavo.html import element, join


def test_text_and_attributes_are_escaped() -> None:
    assert element("a", "<b> & c", href='x"y') == '<a href="x&#34;y">&lt;b&gt; &amp; c</a>'


def test_markup_is_not_escaped() -> None:
    assert element("p", element("em", "x"), Markup("&nbsp;")) == "<p><em>x</em>&nbsp;</p>"


def test_names_that_python_reserves_are_spelled_with_underscores() -> None:
    made = element("i", class_="a", data_year=2024, aria_label="b")
    assert made == '<i class="a" data-year="2024" aria-label="b"></i>'


def test_absent_content_leaves_no_trace() -> None:
    assert element("i", None, [None, []], id=None, hidden=False) == "<i></i>"


def test_a_true_attribute_has_no_value() -> None:
    assert element("button", hidden=True) == "<button hidden></button>"


def test_void_elements_are_not_closed() -> None:
    assert element("img", src="x.png", alt="") == '<img src="x.png" alt="">'


def test_join_leaves_out_what_is_empty() -> None:
    assert join(", ", ["a", None, "", Markup("<b>"), "<"]) == "a, <b>, &lt;"


class TextReader(HTMLParser):
    """Collects the tags and the text that a browser would see."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, list[tuple[str, str | None]]]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, attrs))

    def handle_data(self, data: str) -> None:
        self.text += data


# Every HTML parser reads a carriage return as a line feed, and drops zero bytes.
readable = st.text(st.characters(exclude_characters="\r\0", exclude_categories=["Cs"]))


@given(readable, readable)
def test_no_text_becomes_markup(text: str, value: str) -> None:
    reader = TextReader()
    reader.feed(element("p", text, title=value))
    reader.close()
    assert reader.tags == [("p", [("title", value)])]
    assert reader.text == text
