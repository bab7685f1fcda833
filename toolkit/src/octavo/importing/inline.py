"""Formulas and raised text within an imported line, which is plain text with TeX between dollars."""

from __future__ import annotations

import re

from octavo.formulas import is_formula

# Private characters stand for the dollars until the line is complete, because what comes next decides where they go.
_OPEN, _CLOSE = "\ue010", "\ue011"
_FOLLOWING_DIGITS = re.compile(f"{_CLOSE}([0-9]+)")
# Two scripts of one kind, which TeX refuses on one letter
_SECOND_SCRIPT = re.compile(rf"([_^])(\{{[^{{}}]*\}}|.){_CLOSE}{_OPEN}(?=\1)")
_ALPHABETS = {
    "^": str.maketrans("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ"),
    "_": str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎"),
}


def mark_formula(tex: str) -> str:
    """The formula, to be placed in a line that `set_formulas` completes."""
    tex = " ".join(tex.split())
    return f"{_OPEN}{tex}{_CLOSE}" if tex else ""


def mark_script(text: str, sign: str) -> str:
    """Raised (`^`) or lowered (`_`) text: in Unicode where it has all the characters, otherwise as a formula."""
    raised = text.translate(_ALPHABETS[sign])
    if all(one != other for one, other in zip(text, raised, strict=True)):
        return raised
    tex = rf"{sign}{{\text{{{text}}}}}"
    return mark_formula(tex) if text.strip() and is_formula(tex) else text


def set_formulas(line: str) -> str:
    """The line with its dollars, between which Markdown finds the same formulas."""
    if _OPEN not in line:
        return line
    line = _SECOND_SCRIPT.sub(r"\1\2{}", line)
    line = _FOLLOWING_DIGITS.sub(rf" \1{_CLOSE}", line)
    line = line.replace(f"{_CLOSE}{_OPEN}^", "^").replace(f"{_CLOSE}{_OPEN}_", "_").replace(_CLOSE + _OPEN, " ")
    return line.replace(_OPEN, "$").replace(_CLOSE, "$")
