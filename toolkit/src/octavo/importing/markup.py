"""Turns HTML, JATS, and MathML in registries' titles and abstracts into text with formulas between dollars."""

from __future__ import annotations

import html
import re

from octavo.importing.markup import END, START, complete_line, convert_mathml, drop_emphasis, mark_formula, mark_script
from octavo.importing.record import clean_line, clean_paragraphs

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
