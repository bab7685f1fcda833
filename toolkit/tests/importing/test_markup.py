"""HTML, JATS, and MathML become text whose formulas the pages can show."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from octavo.formulas import is_formula, spell_formula
from octavo.importing.markup import convert_mathml, strip_line, strip_paragraphs
from octavo.inline_parser import FORMULA_PATTERN
from octavo.markdown import plain_title, write_inline

FORMULA = "<mml:math><mml:msub><mml:mi>Λ</mml:mi><mml:mi>QCD</mml:mi></mml:msub></mml:math>"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("The <i>E.&nbsp;coli</i> <b>genome</b>", "The E. coli genome"),
        ("H<sub>2</sub>O, <jats:sup>13</jats:sup>C, and Ca<sup>2+</sup>", "H₂O, ¹³C, and Ca²⁺"),
        ("&lt;scp&gt;DNA&lt;/scp&gt; of R&amp;D", "DNA of R&D"),
        ("a < b and c > d, or List<int>", "a < b and c > d, or List<int>"),
        ("One<br/>two", "One two"),
        ("Anemia&lt;subtitle&gt;Treatment&lt;/subtitle&gt;", "Anemia Treatment"),
        ("Sites in<i>grin1b</i>Transcripts of<i>Danio rerio</i>", "Sites in grin1b Transcripts of Danio rerio"),
        (
            "5-1<i>H</i>-indole, <i>cis</i>platin, 27<i>s</i>, and PPAR<i>α</i>",
            "5-1H-indole, cisplatin, 27s, and PPARα",
        ),
        ("the<math><mi>N</mi></math>nucleus, an <math><mi>n</mi></math>th", "the $N$ nucleus, an $n$th"),
        ("between $5 and $10", "between $5 and $10"),
    ],
)
def test_tags_are_removed_and_their_text_stays(written: str, meant: str) -> None:
    assert strip_line(written) == meant


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("the 5<sup>th</sup> time", "the 5ᵗʰ time"),
        ("x<sub>max</sub><sup>y</sup>2", "xₘₐₓʸ 2"),
        (f"above {FORMULA}", "above Λ_QCD"),
        (f"{FORMULA}{FORMULA}", "Λ_QCDΛ_QCD"),
        (r"<tex-math>$\alpha$</tex-math>-decay", "α-decay"),
        (r"$$\alpha $$-decay", "α-decay"),
        (
            r"<alternatives><tex-math>\documentclass{m}\begin{document}$$x &lt; 2$$\end{document}</tex-math>"
            f"{FORMULA}</alternatives>",
            "x < 2",
        ),
    ],
)
def test_formulas_are_shown_where_they_stood(written: str, shown: str) -> None:
    assert plain_title(write_inline(strip_line(written))) == shown


@pytest.mark.parametrize(
    ("mathml", "spelled"),
    [
        ("<mi>x</mi><mo>≤</mo><mn>5</mn><mo>%</mo>", "x ≤ 5%"),
        ("<mrow><msubsup><mi>a</mi><mi>i</mi><mn>2</mn></msubsup></mrow>", "aᵢ²"),
        ("<mfrac><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow><mn>2</mn></mfrac>", "(a + b)/2"),
        ("<mroot><mi>x</mi><mn>3</mn></mroot><mo>=</mo><msqrt><mi>y</mi></msqrt>", "³√x = √y"),
        ("<mover accent='true'><mi>p</mi><mo>¯</mo></mover><mi>p</mi>", "p̄p"),
        ("<mmultiscripts><mi mathvariant='normal'>Tb</mi><mprescripts/><none/><mn>153</mn></mmultiscripts>", "¹⁵³ Tb"),
        ("<mmultiscripts><mi>C</mi><mn>6</mn><none/></mmultiscripts>", "C₆"),
        ("<mi mathvariant='double-struck'>R</mi><mo>→</mo><mtext>all of 5%</mtext>", "ℝ → all of 5%"),
        ("<mfenced open='['><mi>x</mi><mi>y</mi></mfenced>", "[x,y)"),
        ("<mi>&alpha;</mi><mo>&lt;</mo><mi>Γ</mi>", "α < Γ"),
        ("<semantics><mi>x</mi><annotation>x</annotation></semantics>", "x"),
    ],
)
def test_mathml_is_read_as_the_formula_it_shows(mathml: str, spelled: str) -> None:
    assert spell_formula(convert_mathml(f"<math>{mathml}</math>")) == spelled


@pytest.mark.parametrize("row", ["<mrow>" * 5000, "<mrow>", r"<mtext>\</mtext>"])
def test_unsupported_mathml_becomes_its_letters(row: str) -> None:
    end = "" if row == "<mrow>" else "</mrow>" * row.count("<mrow>")
    shown = strip_line(f"a <math><mi>x</mi>{row}<mi>y</mi>{end}</math>")
    assert "$" not in shown
    assert shown.replace("\\ ", "") == "a x y"


leaves = st.builds(
    "<{0}>{1}</{0}>".format,
    st.sampled_from(["mi", "mn", "mo", "mtext"]),
    st.text(st.sampled_from("axαΩ12<>&%#_$\\{}~≤∑′ "), max_size=3).map(
        lambda text: text.replace("&", "&amp;").replace("<", "&lt;")
    ),
)
trees = st.recursive(
    leaves,
    lambda inner: st.builds(
        lambda tag, children: f"<{tag}>{''.join(children)}</{tag}>",
        st.sampled_from(["mrow", "msub", "msup", "msubsup", "mfrac", "msqrt", "mroot", "mover", "munder", "mfenced"]),
        st.lists(inner, max_size=3),
    ),
    max_leaves=8,
)


@given(trees)
def test_every_formula_made_from_mathml_can_be_shown(tree: str) -> None:
    text = strip_line(f"before <math>{tree}</math> after")
    formulas = FORMULA_PATTERN.findall(text)
    assert all(is_formula(tex) for _, tex in formulas)
    assert "<m" not in text


def test_items_of_a_list_become_paragraphs() -> None:
    abstract = (
        "<jats:title>Abstract</jats:title><jats:p>Both:</jats:p><jats:list><jats:list-item><jats:p>one</jats:p>"
        "</jats:list-item><jats:list-item><jats:p>two</jats:p></jats:list-item></jats:list>"
    )
    assert strip_paragraphs(abstract) == "Both:\n\n• one\n\n• two"


@pytest.mark.parametrize(
    "piece",
    ["<math>", "<sup>", "<sub><sup>", "&lt;i ", "<tex-math>", "<jats:alternatives>", "<i ", "<!--", "$$a", "<math/>"],
)
def test_long_text_of_any_kind_is_read_quickly(piece: str) -> None:
    start = time.process_time()
    strip_paragraphs(piece * (200_000 // len(piece)))
    assert time.process_time() - start < 2
