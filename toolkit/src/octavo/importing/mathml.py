"""Converts MathML in registries' titles and abstracts to TeX."""

from __future__ import annotations

import html
import re
import unicodedata
import xml.etree.ElementTree as ET
from collections.abc import Sequence

from octavo.formulas import convert_formula

_PREFIX = re.compile(r"(?<=<)(/?)\w+:(?=\w)|\sxmlns(?::\w+)?\s*=\s*(?:\"[^\"]*\"|'[^']*')")
_ENTITY = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)\w+;")
_DEEPEST = 50
_SINGLE = re.compile(r"\w|\\[A-Za-z]+\s?|\\math[a-z]+\{\w+\}")
# What stands between the children; `{0}` is the first of them.
_TEMPLATES = {
    "msub": "{0}_{1}", "msup": "{0}^{1}", "msubsup": "{0}_{1}^{2}", "munder": "{0}_{1}", "mover": "{0}^{1}",
    "munderover": "{0}_{1}^{2}", "mfrac": r"\frac{0}{1}", "mroot": r"\sqrt[{1}]{0}",
}  # fmt: skip
_ACCENTS = {
    "¯": r"\overline", "‾": r"\overline", "^": r"\hat", "ˆ": r"\hat", "~": r"\tilde", "˜": r"\tilde", "→": r"\vec",
    "⃗": r"\vec", "˙": r"\dot", "¨": r"\ddot", "ˇ": r"\check", "˘": r"\breve", "´": r"\acute", "`": r"\grave",
}  # fmt: skip
_FONTS = {
    "bold": r"\mathbf", "script": r"\mathcal", "double-struck": r"\mathbb", "fraktur": r"\mathfrak",
    "sans-serif": r"\mathsf", "monospace": r"\mathtt", "bold-italic": r"\boldsymbol",
}  # fmt: skip
_SYMBOLS = {
    "{": r"\{", "}": r"\}", "%": r"\%", "#": r"\#", "&": r"\&", "$": r"\$", "_": r"\_", "\\": r"\backslash ", "−": "-",
    "~": r"\sim ", "<": " < ", ">": " > ", "≤": r"\le ", "≥": r"\ge ", "≠": r"\ne ", "×": r"\times ", "±": r"\pm ",
    "→": r"\to ", "∞": r"\infty ", "∈": r"\in ", "∼": r"\sim ", "≈": r"\approx ", "∑": r"\sum ", "∫": r"\int ",
    "⋅": r"\cdot ", "·": r"\cdot ", "…": r"\ldots ", "ℓ": r"\ell ", "∗": "*", "′": "'", "⩽": r"\le ", "⩾": r"\ge ",
    "\u2061": "", "\u2062": "", "\u2063": "", "\xa0": r"\ ",
}  # fmt: skip


def convert_mathml(element: str) -> str:
    """The `math` element as TeX that pages can show.

    Raises:
        ValueError: if it isn't well formed, or there is no such TeX.
    """
    source = _ENTITY.sub(lambda match: html.unescape(match[0]), _PREFIX.sub(r"\1", element))
    try:
        root = ET.fromstring(source)  # noqa: S314  it has no declaration, and so no entities
    except ET.ParseError as error:
        raise ValueError(str(error)) from error
    tex = " ".join(_write(root).split())
    convert_formula(tex)
    return tex


def _write(part: ET.Element, depth: int = 0) -> str:
    if depth > _DEEPEST:
        raise ValueError("nested too deeply")
    if part.tag in ("mi", "mn", "mo", "ms", "mtext"):
        return _write_token(part)
    shown = [child for child in part if child.tag not in ("annotation", "annotation-xml")]
    children = [_write(child, depth + 1) for child in shown]
    template = _TEMPLATES.get(part.tag, "")
    if template and len(children) == template.count("{"):
        if part.tag == "mover" and (accent := _ACCENTS.get(children[1].strip())):
            return f"{accent}{{{children[0]}}}"
        base = _group(children[0]) if template[0] == "{" else f"{{{children[0]}}}"
        return template.format(base.strip(), *(f"{{{child.strip()}}}" for child in children[1:]))
    if part.tag == "mfenced":
        return part.get("open", "(") + f"{part.get('separators', ',')[:1]} ".join(children) + part.get("close", ")")
    if part.tag == "mmultiscripts" and shown:
        tags = [child.tag for child in shown]
        split = tags.index("mprescripts") if "mprescripts" in tags else len(tags)
        before, after = _write_scripts(children[split + 1 :]), _write_scripts(children[1:split])
        return (f"{{}}{before}" if before else "") + _group(children[0].strip()) + after
    if part.tag == "msqrt":
        return rf"\sqrt{{{''.join(children)}}}"
    return " " if part.tag == "mspace" else "".join(children)


def _group(base: str) -> str:
    return base if _SINGLE.fullmatch(base) else f"{{{base}}}"


def _write_scripts(written: Sequence[str]) -> str:
    """Pairs of a lowered and a raised script, either of which may be empty."""
    return "".join(f"{'_^'[number % 2]}{{{text.strip()}}}" for number, text in enumerate(written) if text.strip())


def _write_token(token: ET.Element) -> str:
    text = " ".join("".join(token.itertext()).split())
    if token.tag == "mtext" or token.tag == "ms":
        return rf"\text{{{''.join(_SYMBOLS.get(sign, sign) if sign in '{}%#&$_' else sign for sign in text)}}}"
    tex = "".join(map(_write_symbol, text))
    if token.tag == "mo" and len(text) > 1 and text.isalpha():
        return rf"\operatorname{{{text}}}"
    if font := _FONTS.get(token.get("mathvariant", "")):
        return f"{font}{{{tex}}}"
    # A name of several letters stands upright.
    return rf"\mathrm{{{tex}}}" if token.tag == "mi" and len(text) > 1 and text.isalpha() else tex


def _write_symbol(sign: str) -> str:
    name = unicodedata.name(sign, "")
    if match := re.fullmatch("GREEK (SMALL|CAPITAL) LETTER ([A-Z]+)", name):
        letter = "lambda" if match[2] == "LAMDA" else match[2].lower()
        if letter not in ("omicron", "final") and (match[1] == "SMALL" or letter in _CAPITALS):
            return f"\\{letter if match[1] == 'SMALL' else letter.capitalize()} "
    return _SYMBOLS.get(sign, sign)


_CAPITALS = ("gamma", "delta", "theta", "lambda", "xi", "pi", "sigma", "upsilon", "phi", "psi", "omega")
