"""Writes text as a YAML scalar in the file's style."""

from __future__ import annotations

import re
from textwrap import TextWrapper

from octavo.importing.editing.style import Style

# A plain scalar that begins with one of these, or has one of the others in it, would be read as something else
# (YAML 1.1, section 5.3).
_FIRST = frozenset("-?:,[]{}#&*!|>'\"%@`")
_INNER = re.compile(r":(?:\s|$)|\s#|[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]")
_FLOW_INNER = re.compile(r"[,\[\]{}]|:(?=[,\[\]{}])")
# Our tables read every scalar as text; other programs would parse these as something else and change them when they
# write the file: 2411.10 to 2411.1, no to false.
_TYPED = re.compile(
    r"~|null|y|n|yes|no|on|off|true|false|[-+]?[0-9][0-9_]*\.[0-9_.eE+-]*|[-+]?\.[0-9]+|[0-9]+[eE][-+]?[0-9]+"
    r"|0[xob]?[0-9a-f]+|[0-9]+(?::[0-5]?[0-9])+|\.inf|\.nan|<<|=",
    re.IGNORECASE,
)
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}
_ESCAPED = re.compile(r"[\\\"\n\t\r\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]")


def choose_form(style: Style, path: str, text: str) -> str:
    """How a new text of a field is written: a quote, a block's header such as `>-`, or nothing for plain."""
    if path in style.scalars:
        return style.scalars[path]
    if path == "abstract":
        return ">-"
    return style.quote if path not in ("date", "id") and _is_typed(text) else style.scalars.get("", "")


def render_scalar(text: str, form: str, style: Style, indent: int, *, is_flow: bool = False) -> str:
    """The text in a form, or the next one that can hold it; `indent` is the column of its key, or of its dash."""
    if form[:1] in (">", "|") and not is_flow and (block := _render_block(text, form, style, indent)):
        return block
    if form[:1] not in ("'", '"') and _can_be_plain(text, is_flow):
        return text
    quote = form if form in ("'", '"') else style.quote
    if quote == "'" and not _ESCAPED.search(text.replace('"', "").replace("\\", "")):
        return "'" + text.replace("'", "''") + "'"
    return '"' + _ESCAPED.sub(_escape, text) + '"'


def _is_typed(text: str) -> bool:
    """Whether other programs would parse the plain text as a number, a boolean, or null."""
    return _TYPED.fullmatch(text) is not None


def _can_be_plain(text: str, is_flow: bool) -> bool:
    if not text or text != text.strip() or text[0] in _FIRST or text.startswith(("---", "...")):
        return False
    return not (_INNER.search(text) or _is_typed(text) or (is_flow and _FLOW_INNER.search(text)))


def _render_block(text: str, header: str, style: Style, indent: int) -> str:
    """Header and indented lines; empty if the text is short or a block would change it."""
    paragraphs = text.split("\n\n")
    pad = " " * (indent + 2)
    if len(text) + indent < style.width * 2 // 3 and len(paragraphs) == 1:
        return ""
    if any(paragraph != " ".join(paragraph.split()) or not paragraph for paragraph in paragraphs):
        return ""
    if any(_ESCAPED.search(paragraph.replace("\\", "").replace('"', "")) for paragraph in paragraphs):
        return ""
    wrapper = TextWrapper(max(40, style.width - len(pad)), break_long_words=False, break_on_hyphens=False)
    folds = header.startswith(">")
    lines = [wrapper.wrap(paragraph) if folds else [paragraph] for paragraph in paragraphs]
    # a folded text needs two empty lines for two line breaks: the first one only ends the line
    between = ["", ""] if folds else [""]
    flat = lines[0] + [line for paragraph in lines[1:] for line in (*between, *paragraph)]
    return style.newline.join([header, *(pad + line if line else "" for line in flat)])


def _escape(match: re.Match[str]) -> str:
    letter = match[0]
    return _ESCAPES.get(letter) or (f"\\x{ord(letter):02x}" if ord(letter) < 256 else f"\\u{ord(letter):04x}")
