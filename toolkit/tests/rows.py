"""Rows to test with, as `octavo.tables` returns them, and text that tries to break out of its context."""

from typing import Any

from hypothesis import strategies as st

from octavo.model.authors import Author
from octavo.model.catalog import TABLES
from octavo.model.publications import Publication


def make_row(table: str = "publications", **fields: Any) -> Any:
    """A row of the table; publications always have an id, a title, an author, and a type."""
    if table != "publications":
        return TABLES[table](**fields)
    needed = {"id": "paper-1", "title": "A Title", "authors": (Author("E.", "Noether"),), "type": "article-journal"}
    return Publication(**{**needed, **fields})


# Markup for some format or other: LaTeX, BibTeX, RIS, HTML, XML, JSON, a terminal.
_MARKUP = "{}\\%@\"#&$_^~'`-,<>|=()[]:;/?!\n\r\t\x00\x07\x1b\x85\u2028"
_LETTERS = "aBcdEäÖßŁñ中éא\u202e\u00a0 0129"

hostile_texts = st.one_of(
    st.text(alphabet=_MARKUP + _LETTERS, max_size=40),
    st.text(max_size=20),
    st.sampled_from(
        [
            "@article{x, title = {y}}",
            "}}}} @string{a = {b}}",
            "{{{{",
            "TY  - JOUR\r\nER  - \r\n",
            "</script><script>alert(1)</script>",
            "]]> --> &amp; <!--",
            "% comment",
            "a -- b --- c ''d'' ``e`` ,,f`` <<g>> ?` !`",
            r"\input{/etc/passwd} \def\x{}",
            "and others",
            "et al.",
            "$title$ $$ ${ body } </head>",
        ]
    ),
)
hostile_words = hostile_texts.filter(lambda text: any(map(str.isalnum, text)))
authors = st.one_of(
    st.builds(
        Author,
        given=hostile_texts,
        family=hostile_words,
        particle=st.sampled_from(["", "van der", "de"]),
        suffix=st.sampled_from(["", "Jr.", "III"]),
    ),
    st.builds(Author, literal=hostile_words),
)
