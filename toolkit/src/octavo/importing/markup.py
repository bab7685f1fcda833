"""Turns HTML, JATS, and MathML in registries' titles and abstracts into text with formulas between dollars.

Formulas, raised text, and emphasis are marked within a line that is otherwise plain text until it is complete.
"""

from __future__ import annotations

import html
import re
import unicodedata
import xml.etree.ElementTree as ET
from collections.abc import Sequence

from octavo.formulas import convert_formula, is_formula
from octavo.importing.record import clean_line, clean_paragraphs
from octavo.inline_parser import FORMULA
from octavo.markdown import parse_inline, plain_title, write_inline

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
# Only tags that occur in practice are removed: "a < b and c > d" has none.
_NAMES = (
    "a|abstract|alternatives|b|bold|br|break|disp-formula|div|em|email|ext-link|h[1-6]|i|inline-formula|inline-graphic"
    "|italic|label|li|list|list-item|monospace|named-content|ol|p|q|roman|sc|scp|sec|small|span|strong|styled-content"
    "|sub|subtitle|sup|tex-math|title|tt|u|ul|underline|uri|xref|m(?:ml|athml)?:[a-z]+|math"
)
_PREFIX = "(?:jats:|mml:|m:)?"
_TAG = re.compile(rf"</?(?:jats:)?(?:{_NAMES})(?:\s[^<>]*)?/?>|<!--[^<>]*-->", re.IGNORECASE)
# Some registries escape the tags once more.
_ESCAPED_TAG = re.compile(rf"&lt;(/?(?:jats:)?(?:{_NAMES})(?:\s(?:(?!&[lg]t;)[^<>])*)?/?)&gt;", re.IGNORECASE)
_TEX_DOCUMENT = re.compile(r"\\begin\s*\{document\}(.*)\\end\s*\{document\}", re.DOTALL)
_DOUBLE_DOLLARS = re.compile(r"\$\$([^$]+)\$\$")
# Block-level elements
_BLOCK = re.compile(
    r"</?(?:jats:)?(?:br|break|disp-formula|div|h[1-6]|li|list|list-item|ol|p|sec|subtitle|title|ul)\b", re.IGNORECASE
)
# Some publishers lose the spaces around tags: `of<i>Danio rerio</i>embryos`, `the<math>…</math>nucleus`.
_JOINED_BEFORE = re.compile(r"(?<=[^\W\d_])(?=<(?:jats:)?(?:i|em|italic)>\w{4})", re.IGNORECASE)
_JOINED_AFTER = re.compile(r"(\w{4}</(?:jats:)?(?:i|em|italic)>)(?=[^\W\d_])", re.IGNORECASE)
_JOINED_FORMULA = re.compile("(?<=[a-z][a-z])(?=<(?:mml:)?math\\b)|(?<=math>)(?=[a-z]{3})")
_IS_SCRIPT = re.compile("</?(?:jats:)?su[bp][ />]", re.IGNORECASE)
_EMPHASIS = re.compile("<(/?)(?:jats:)?(?:i|em|italic)[ />]", re.IGNORECASE)
_PARAGRAPH = re.compile(r"</(?:jats:)?(?:p|title|sec|list-item|li)>", re.IGNORECASE)
_ITEM = re.compile(r"<(?:jats:)?(?:list-item|li)(?:\s[^<>]*)?>", re.IGNORECASE)
# Python converts no number of more than 4,300 digits; a character's has at most seven.
_NUMBER_OF_NO_LETTER = re.compile("&#[0-9]{1000,};?")
_LABEL = re.compile(r"^\s*<(?:jats:)?title>\s*abstract\s*</(?:jats:)?title>", re.IGNORECASE)
_NAMESPACE = re.compile(r"(?<=<)(/?)\w+:(?=\w)|\sxmlns(?::\w+)?\s*=\s*(?:\"[^\"]*\"|'[^']*')")
_ENTITY = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)\w+;")
_DEEPEST = 50
_SINGLE = re.compile(r"\w|\\[A-Za-z]+\s?|\\math[a-z]+\{\w+\}")
# The text between the children; `{0}` is the first of them.
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
_CAPITALS = ("gamma", "delta", "theta", "lambda", "xi", "pi", "sigma", "upsilon", "phi", "psi", "omega")


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


def read_styled(text: str) -> str:
    """The line, as readers give it, that `write_styled` makes this inline Markdown of."""
    marks = {"em_open": START, "em_close": END}
    tokens = parse_inline(text, curled=False)
    read = (mark_formula(one.content) if one.type == FORMULA else marks.get(one.type, one.content) for one in tokens)
    return complete_line("".join(read))


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


def _compile_element(names: str, inside: str) -> re.Pattern[str]:
    """An element without another of its kind in it, so that the search takes time proportional to the text."""
    return re.compile(
        rf"<{_PREFIX}(?P<name>{names})(?:\s[^<>]*)?>(?P<text>(?:(?!<{_PREFIX}(?P=name)\b){inside})*?)"
        rf"</{_PREFIX}(?P=name)\s*>",
        re.IGNORECASE | re.DOTALL | re.ASCII,
    )


_ALTERNATIVES = _compile_element("alternatives", ".")
_TEX = _compile_element("tex-math", ".")
_MATHML = _compile_element("math", ".")
_SCRIPT = _compile_element("su[bp]", "[^<>]")


def strip_line(text: str, *, keeps_emphasis: bool = False) -> str:
    """One line of text. Emphasis is kept as `octavo.importing.markup` marks it."""
    line = clean_line(_strip_tags(_show_tags(text)))
    return line if keeps_emphasis else drop_emphasis(line)


def strip_paragraphs(text: str) -> str:
    """Paragraphs of text with its emphasis, an empty line between them; the heading "Abstract" is left out."""
    shown = _ITEM.sub("• ", _PARAGRAPH.sub("\n\n", _LABEL.sub("", _show_tags(text))))
    return clean_paragraphs(_strip_tags(shown))


def _show_tags(text: str) -> str:
    return _ESCAPED_TAG.sub(r"<\1>", text)


def _strip_tags(text: str) -> str:
    if "<" in text:
        text = _JOINED_BEFORE.sub(" ", _JOINED_AFTER.sub(r"\1 ", _JOINED_FORMULA.sub(" ", text)))
        text = _ALTERNATIVES.sub(lambda match: (_TEX.search(match["text"]) or match)[0], text)
        text = _TEX.sub(lambda match: _mark_tex(match["text"]), text)
        text = _MATHML.sub(_mark_mathml, text)
        text = _TAG.sub(_replace_tag, text)
        text = _TAG.sub("", _SCRIPT.sub(_mark_script, text))
    text = html.unescape(_NUMBER_OF_NO_LETTER.sub("\ufffd", text))
    return complete_line(_DOUBLE_DOLLARS.sub(lambda match: mark_formula(match[1]), text))


def _replace_tag(match: re.Match[str]) -> str:
    if _IS_SCRIPT.match(match[0]):
        return match[0]
    if emphasis := _EMPHASIS.match(match[0]):
        return END if emphasis[1] else START
    return " " if _BLOCK.match(match[0]) else ""


def _mark_mathml(match: re.Match[str]) -> str:
    """The formula, or its letters alone if it can't be shown."""
    try:
        return mark_formula(convert_mathml(match[0]))
    except ValueError:
        return " ".join(re.sub("<[^<>]*>", " ", match[0]).split())


def _mark_tex(text: str) -> str:
    """A formula of `tex-math`, which some publishers wrap in a whole document."""
    found = _TEX_DOCUMENT.search(text)
    bare = html.unescape(found[1] if found else text).strip()
    return mark_formula(bare.removeprefix(r"\(").removesuffix(r"\)").strip("$"))


def _mark_script(match: re.Match[str]) -> str:
    return mark_script(html.unescape(match["text"]), "^" if match["name"].lower() == "sup" else "_")


def convert_mathml(element: str) -> str:
    """The `math` element as TeX that pages can show.

    Raises:
        ValueError: if it isn't well formed, or there is no such TeX.
    """
    source = _ENTITY.sub(lambda match: html.unescape(match[0]), _NAMESPACE.sub(r"\1", element))
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
    # Names of several letters are set upright.
    return rf"\mathrm{{{tex}}}" if token.tag == "mi" and len(text) > 1 and text.isalpha() else tex


def _write_symbol(sign: str) -> str:
    name = unicodedata.name(sign, "")
    if match := re.fullmatch("GREEK (SMALL|CAPITAL) LETTER ([A-Z]+)", name):
        letter = "lambda" if match[2] == "LAMDA" else match[2].lower()
        if letter not in ("omicron", "final") and (match[1] == "SMALL" or letter in _CAPITALS):
            return f"\\{letter if match[1] == 'SMALL' else letter.capitalize()} "
    return _SYMBOLS.get(sign, sign)
