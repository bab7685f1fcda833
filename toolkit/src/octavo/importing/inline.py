"""Formulas, raised text, and emphasis within an imported line, which is otherwise plain text."""

from __future__ import annotations

import re

from octavo.formulas import is_formula
from octavo.markdown import plain_title, write_inline

# Placeholders for the dollars until the line is complete, because what follows decides where they go.
_OPEN, _CLOSE = "\ue010", "\ue011"
# Placeholders for the asterisks around emphasis, until it is known whether the field takes Markdown.
START, END = "\ue012", "\ue013"
_EMPHASIZED = re.compile(f"{START}([^{START}{END}]*){END}")
_INNER_SPACE = re.compile(f"(?P<start>{START})(\\s+)|(\\s+)(?P<end>{END})")
_MARKS = re.compile(f"[{START}{END}]")
_FOLLOWING_DIGITS = re.compile(f"{_CLOSE}([0-9]+)")
# Two scripts of one kind, which TeX refuses on one letter
_SECOND_SCRIPT = re.compile(rf"([_^])(\{{[^{{}}]*\}}|.){_CLOSE}{_OPEN}(?=\1)")
_ALPHABETS = {
    "^": str.maketrans("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ"),
    "_": str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎"),
}


def mark_formula(tex: str) -> str:
    """The formula, to be placed in a line that `complete_line` completes."""
    tex = " ".join(tex.split())
    return f"{_OPEN}{tex}{_CLOSE}" if tex else ""


def mark_script(text: str, sign: str) -> str:
    """Raised (`^`) or lowered (`_`) text: in Unicode where it has all the characters, otherwise as a formula."""
    raised = text.translate(_ALPHABETS[sign])
    if all(one != other for one, other in zip(text, raised, strict=True)):
        return raised
    tex = rf"{sign}{{\text{{{text}}}}}"
    return mark_formula(tex) if text.strip() and is_formula(tex) else text


def mark_emphasis(text: str) -> str:
    """Emphasized text, for `write_styled` or `drop_emphasis` to complete; emphasis within it is dropped."""
    return f"{START}{drop_emphasis(text)}{END}"


def drop_emphasis(text: str) -> str:
    """The text without its emphasis."""
    return _MARKS.sub("", text) if START in text or END in text else text


def write_styled(text: str) -> str:
    """Inline Markdown for the text. Emphasis is dropped if it covers all of it or Markdown can't express it."""
    plain = write_inline(drop_emphasis(text))
    parts = _EMPHASIZED.sub(r"*\1*", write_inline(text))
    if not _MARKS.search(text) or parts.strip("*") == plain:
        return plain
    return parts if plain_title(parts) == plain_title(plain) else plain


def complete_line(line: str) -> str:
    """The line with its dollars, between which Markdown finds the same formulas, and no space inside of emphasis."""
    if START in line:
        line = _INNER_SPACE.sub(lambda match: f" {match['start']}" if match["start"] else f"{match['end']} ", line)
    if _OPEN not in line:
        return line
    line = _SECOND_SCRIPT.sub(r"\1\2{}", line)
    line = _FOLLOWING_DIGITS.sub(rf" \1{_CLOSE}", line)
    line = line.replace(f"{_CLOSE}{_OPEN}^", "^").replace(f"{_CLOSE}{_OPEN}_", "_").replace(_CLOSE + _OPEN, " ")
    return line.replace(_OPEN, "$").replace(_CLOSE, "$")
