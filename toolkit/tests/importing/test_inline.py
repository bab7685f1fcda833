"""Emphasis in titles and abstracts, from LaTeX and HTML to the table's Markdown."""

from __future__ import annotations

from typing import Any

import pytest

from octavo.importing.latex import decode_latex
from octavo.importing.markup import strip_line, write_styled
from octavo.importing.readers.bibtex import read_bibtex
from octavo.importing.readers.csl_record import make_record
from octavo.importing.record import Record
from octavo.importing.statement import describe_record


def read_latex(text: str) -> str:
    return write_styled(decode_latex(text, keeps_emphasis=True))


def read_html(text: str) -> str:
    return write_styled(strip_line(text, keeps_emphasis=True))


@pytest.mark.parametrize(
    ("written", "markdown"),
    [
        (r"Growth of \emph{E. coli} in {\it vivo}", "Growth of *E. coli* in *vivo*"),
        (r"{\em Gaia} DR3: the \textit{final} data", "*Gaia* DR3: the *final* data"),
        (r"\emph{S. aureus}'s genome, $x_1$ and \emph{b_c}", "*S. aureus*'s genome, $x_1$ and *b_c*"),
        (r"a \emph{ b } c", "a *b* c"),
        (r"\emph{a \emph{b} c} d", "*a b c* d"),
    ],
)
def test_emphasis_in_latex_becomes_markdown(written: str, markdown: str) -> None:
    assert read_latex(written) == markdown


@pytest.mark.parametrize(
    ("written", "markdown"),
    [
        ("Growth of <i>E. coli</i> in <jats:italic>vivo</jats:italic>", "Growth of *E. coli* in *vivo*"),
        ("&lt;em&gt;In vitro&lt;/em&gt; models", "*In vitro* models"),
        ("<i> Bos taurus </i>genes", "*Bos taurus* genes"),
        ("Growth of <i>H<sub>2</sub></i> in 2*3", "Growth of *H₂* in 2*3"),
    ],
)
def test_emphasis_in_html_becomes_markdown(written: str, markdown: str) -> None:
    assert read_html(written) == markdown


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        (r"\emph{All of It}", "All of It"),
        (r"x\emph{(bar)}baz", "x(bar)baz"),
        (r"\emph{}x", "x"),
        (r"\em x", "x"),
    ],
)
def test_emphasis_of_a_whole_title_or_that_markdown_cannot_have_is_dropped(written: str, plain: str) -> None:
    assert read_latex(written) == plain


@pytest.mark.parametrize("written", ["<i>open", "closed</i> early", "<em>A</em><i>B</i> c"])
def test_unbalanced_emphasis_leaves_the_text_alone(written: str) -> None:
    assert "*" not in read_html(written)
    assert read_html(written).isprintable()


def test_only_fields_that_take_markdown_keep_emphasis() -> None:
    fields = (
        r"title = {Of \emph{Rings}}, abstract = {We \emph{see}.}, journal = {\emph{Annals} of Rings}, note = {\emph{N}}"
    )
    (record,) = read_bibtex(f"@article{{a, author = {{Emmy Noether}}, {fields}}}", "refs.bib")
    assert isinstance(record, Record)
    said = describe_record(record)
    assert (said["title"], said["abstract"], said["container_title"]) == ("Of *Rings*", "We *see*.", "Annals of Rings")
    assert all(str(value).isprintable() for value in said.values())


def test_a_word_that_latex_emphasizes_in_part_stays_one_word() -> None:
    (record,) = read_bibtex(r"@misc{a, author = {Emmy Noether}, title = {A \emph{quasi}random Walk}}", "refs.bib")
    assert isinstance(record, Record)
    assert describe_record(record)["title"] == "A *quasi*random Walk"


def test_a_registrys_title_keeps_its_emphasis() -> None:
    item: dict[str, Any] = {"title": "Of <i>Rings</i>", "author": [{"family": "Noether"}]}
    assert describe_record(make_record(item, "Crossref", "doi:10.1/2"))["title"] == "Of *Rings*"
