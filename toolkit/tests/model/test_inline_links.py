"""Links in inline Markdown: exactly the links of the page are found, and invalid ones refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from octavo.markdown import parse_inline
from octavo.model.addresses import check_address
from octavo.model.inline_links import check_inline_markdown, check_title, find_links, find_markdown


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("no link", []),
        ("[a](https://x.org) and [*b*](docs/b.pdf 'title')", ["https://x.org", "docs/b.pdf"]),
        ("[a](javascript:alert(1))", ["javascript:alert(1)"]),
        ("[a](java&#115;cript:x)", ["javascript:x"]),
        ("[a](<docs/a b.pdf>)", ["docs/a%20b.pdf"]),
        ("`[a](javascript:x)`", []),
        (r"\[a](javascript:x)", []),
        ("[a]\n(x) [b](\nhttps://x.org\n)", ["https://x.org"]),
        ("<javascript:x>", []),  # no link in this Markdown
    ],
)
def test_links_are_found(text: str, links: list[str]) -> None:
    assert find_links(text) == links


def test_a_text_with_allowed_links_passes_unchanged() -> None:
    text = "Read [the *paper*](docs/a.pdf) or [write](mailto:a@example.org)."
    assert check_inline_markdown(text) == text


@pytest.mark.parametrize(
    "address", ["javascript:x", "JAVASCRIPT&colon;x", "java&Tab;script:x", "data:text/html,x", "//x.org"]
)
def test_a_text_with_an_address_that_is_not_allowed_is_refused(address: str) -> None:
    with pytest.raises(ValueError, match="expected an address with https:"):
        check_inline_markdown(f"good [a](https://x.org) bad [b]({address})")


def test_a_picture_is_refused_and_an_exclamation_mark_before_a_link_is_not() -> None:
    with pytest.raises(ValueError, match="has a picture in it"):
        check_inline_markdown("See ![the *logo*](assets/logo.png)")
    for text in (r"News\![here](https://x.org)", "`![a](b.png)`", "Wow! [here](https://x.org)"):
        assert check_inline_markdown(text) == text


MARKDOWN = st.lists(
    st.sampled_from(
        [
            "[a](",
            "https://x.org/?a=1&b=2",
            "docs/a.pdf",
            "javascript:x",
            ")",
            "[",
            "](",
            "`",
            "*",
            "\\",
            "<",
            ">",
            " ",
            "\n",
            "&amp;",
            "é",
            "'",
        ]
    ),
    max_size=14,
).map("".join)


def list_links(text: str) -> list[str]:
    """The addresses of the links on a page, in order."""
    return [str(token.attrs["href"]) for token in parse_inline(text) if token.type == "link_open"]


@given(MARKDOWN)
def test_every_link_of_the_page_was_checked(text: str) -> None:
    found = find_links(text)
    assert set(list_links(text)) <= set(found)


@given(MARKDOWN)
def test_in_accepted_text_the_links_found_are_those_of_the_page(text: str) -> None:
    try:
        check_inline_markdown(text)
    except ValueError:
        return
    assert list_links(text) == find_links(text)
    assert all(check_address(address) for address in find_links(text))


@pytest.mark.parametrize("text", [r"A $\foo$", "$x^{2$", r"*a* $\frac{1}$"])
def test_a_formula_that_cannot_be_read_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="the formula"):
        check_inline_markdown(text)


@pytest.mark.parametrize("text", ["$5 and $10", r"\$\foo$", r"`$\foo$`", "$x$"])
def test_dollars_that_are_not_a_formula_are_accepted(text: str) -> None:
    assert check_inline_markdown(text) == text


def test_a_title_may_have_no_link() -> None:
    assert check_title(r"f\[x](y) and *b* $x$") == r"f\[x](y) and *b* $x$"
    with pytest.raises(ValueError, match="has a link in it, which a title can't"):
        check_title("A [paper](https://x.org)")


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("[M. Hu](https://x.org)", "M. Hu"),
        ("**OSDI**", "OSDI"),
        ("The `x` workshop", "The x workshop"),
        ("![logo](a.png) [A](b), [C](d)", "logo A, C"),
    ],
)
def test_markdown_in_plain_text_is_found_with_the_intended_text(text: str, plain: str) -> None:
    assert f"has Markdown in it, but this is plain text (expected {plain!r}" in find_markdown(text)


@pytest.mark.parametrize("text", ["C*-algebras", "E. Noether*", "a [b] c", "f(x)[y]", "2 ** 3 ** 4", "snake_case", "`"])
def test_other_signs_are_text(text: str) -> None:
    assert find_markdown(text) == ""
