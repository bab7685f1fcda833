from __future__ import annotations

import time

import pytest

from octavo.importing.latex import decode_address, decode_latex, list_unknown_commands


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (r"M{\"u}ller", "Müller"),
        (r"\"Ozg\"ur", "Özgür"),
        (r"{\"{o}}", "ö"),
        (r"Poincar\'{e} and Poincar\'e and Poincar{\'e}", "Poincaré and Poincaré and Poincaré"),
        (r"\'\i, \'{\i}, {\'{\i}}", "í, í, í"),
        (r"\v{S} \c{c} \c c \H{o} \k{a} \r{a} \u{g} \={a} \.{z} \^{o} \`{a} \~{n} \d{h}", "Š ç ç ő ą å ğ ā ż ô à ñ ḥ"),
        (r"Nguy{\~{\^e}}n Tr{\`{\^{a}}}n L\'{\^e} Nguy\~\^en", "Nguyễn Trần Lế Nguyễn"),
        (r"H\textsubscript{2}O, the 5\textsuperscript{th}, Luka \textcrd", "H₂O, the 5th, Luka đ"),
        (r"Stra{\ss}e, Stra\ss e, {\O}re, \AE gir, {\L}{\'o}d{\'z}", "Straße, Straße, Øre, Ægir, Łódź"),
        (r"100\% of R\&D for \$5, a\_b \#1", "100% of R&D for $5, a_b #1"),
        (r"pages 1--2 --- ``quoted''", "pages 1–2 — “quoted”"),
        (r"Don~Knuth\\ again", "Don Knuth again"),
        (r"\emph{Deep} {\it thoughts} on \texttt{printf}", "Deep thoughts on printf"),
        (r"{{DNN} Compilation} of \{sets\}", "DNN Compilation of {sets}"),
        (r"$k$-means in $O(n \log n)$, $\alpha^2$ and $10^{-3}$", "k-means in O(n log n), α² and 10⁻³"),
        (r"\href{https://example.org}{the text}", "the text"),
        ("  many\n   blanks ", "many blanks"),
    ],
)
def test_what_latex_writes_is_read_as_unicode(written: str, meant: str) -> None:
    assert decode_latex(written) == meant


def test_a_formula_that_unicode_cannot_say_stays_as_it_is() -> None:
    assert decode_latex(r"in $\mathcal{O}(n^2)$ steps") == r"in $\mathcal{O}(n^2)$ steps"


def test_dollars_that_are_money_stay() -> None:
    assert decode_latex("between $5 and $10") == "between $5 and $10"


def test_an_unknown_command_stays_and_is_told() -> None:
    decoded = decode_latex(r"A \foo{bar} of \baz")
    assert decoded == r"A \foo{bar} of \baz"
    assert list_unknown_commands(decoded) == [r"\foo", r"\baz"]


def test_an_address_loses_only_the_escapes() -> None:
    assert decode_address(r"\url{https://example.org/a\_b\%20c\#d}") == "https://example.org/a_b%20c#d"
    assert decode_address(r"10.1007/978-3-030{\_}12") == "10.1007/978-3-030_12"


@pytest.mark.parametrize(
    "piece", ["{", "}", "\\", "$", "$a ", "\\'{", "\\a", "\\href{", "\\\\[", "$^{", "\\' ", "~", "-"]
)
def test_a_hundred_thousand_of_anything_are_decoded_in_no_time(piece: str) -> None:
    text = piece * (200_000 // len(piece))
    start = time.process_time()
    decode_latex(text)
    decode_address(text)
    assert time.process_time() - start < 2
