r"""LaTeX in a bibliography's texts, turned into Unicode.

This isn't pylatexenc, which drops commands that it doesn't know (here they stay as written, so that nothing vanishes)
and raises RecursionError on a thousand nested braces. One regular expression takes time proportional to the text.
"""

from __future__ import annotations

import re
import unicodedata

_ACCENTS = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", "=": "\u0304", "u": "\u0306", ".": "\u0307",
    '"': "\u0308", "r": "\u030a", "H": "\u030b", "v": "\u030c", "d": "\u0323", "c": "\u0327", "k": "\u0328",
    "b": "\u0331", "t": "\u0361",
}  # fmt: skip

_SYMBOLS = {
    "ss": "ß", "SS": "ẞ", "o": "ø", "O": "Ø", "l": "ł", "L": "Ł", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "aa": "å",
    "AA": "Å", "i": "ı", "j": "ȷ", "dh": "ð", "DH": "Ð", "th": "þ", "TH": "Þ", "dj": "đ", "DJ": "Đ", "ng": "ŋ",
    "NG": "Ŋ", "S": "§", "P": "¶", "pounds": "£", "euro": "€", "texteuro": "€", "copyright": "©", "textcopyright": "©",
    "textregistered": "®", "texttrademark": "™", "textdegree": "°", "dots": "…", "ldots": "…", "textellipsis": "…",
    "textendash": "–", "textemdash": "—", "textquoteleft": "‘", "textquoteright": "’", "textquotesingle": "'",
    "textquotedblleft": "“", "textquotedblright": "”", "textquotedbl": '"', "guillemotleft": "«", "guillemotright": "»",
    "textbackslash": "\\", "textasciitilde": "~", "textasciicircum": "^", "textunderscore": "_", "textbar": "|",
    "textless": "<", "textgreater": ">", "textbraceleft": "{", "textbraceright": "}", "textdollar": "$",
    "textperiodcentered": "·", "textbullet": "•", "textmu": "µ", "texttimes": "×", "textpm": "±", "slash": "/",
    "TeX": "TeX", "LaTeX": "LaTeX", "BibTeX": "BibTeX", "quad": " ", "qquad": " ", "space": " ", "newline": " ",
    "crd": "đ", "textcrd": "đ", "par": " ", "break": "", "relax": "", "protect": "", "noopsort": "",
}  # fmt: skip

_MATHS = {
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ϵ", "varepsilon": "ε", "zeta": "ζ", "eta": "η",
    "theta": "θ", "iota": "ι", "kappa": "κ", "lambda": "λ", "mu": "μ", "nu": "ν", "xi": "ξ", "pi": "π", "rho": "ρ",
    "sigma": "σ", "tau": "τ", "upsilon": "υ", "phi": "ϕ", "varphi": "φ", "chi": "χ", "psi": "ψ", "omega": "ω",
    "Gamma": "Γ", "Delta": "Δ", "Theta": "Θ", "Lambda": "Λ", "Xi": "Ξ", "Pi": "Π", "Sigma": "Σ", "Phi": "Φ", "Psi": "Ψ",
    "Omega": "Ω", "times": "×", "cdot": "·", "pm": "±", "infty": "∞", "leq": "≤", "le": "≤", "geq": "≥", "ge": "≥",
    "neq": "≠", "approx": "≈", "sim": "∼", "to": "→", "rightarrow": "→", "leftarrow": "←", "ell": "ℓ", "circ": "∘",
    "log": "log", "ln": "ln", "exp": "exp", "min": "min", "max": "max",
}  # fmt: skip

# Commands that only change how their text looks; the text stays.
_STYLES = re.compile(
    r"emph|text(it|bf|tt|sc|rm|sf|up|md|sl|normal)|underline|uppercase|[mh]box|url|path|nolinkurl"
    r"|em|it|bf|tt|sc|rm|sf|sl|itshape|bfseries|scshape|ttfamily|upshape|normalfont|small|large"
    r"|enquote|text|ensuremath|math(rm|it|bf|sf)|operatorname"
)

_SUPERSCRIPTS = str.maketrans("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ")
_SUBSCRIPTS = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")
_SCRIPTS = {"textsuperscript": _SUPERSCRIPTS, "textsubscript": _SUBSCRIPTS}

# Placeholders for literal braces while the grouping ones are removed.
_OPEN, _CLOSE = "\ue000", "\ue001"
_PROTECT = str.maketrans("{}", _OPEN + _CLOSE)
_RESTORE = str.maketrans(_OPEN + _CLOSE, "{}")

_ACCENT = r"""\\(?P<accent>[`'^~=."]|[uvHdckrbt](?![A-Za-z]))\s*
    (?: \{\s*(?P<group>\\[ij]|[^\W\d_]{0,2})\s*\} | (?P<dotless>\\[ij])(?![A-Za-z]) | (?P<letter>[^\W\d_]) )"""
# The circumflex of a Vietnamese `\~{\^e}`
_INNER_ACCENT = re.compile(rf"(?<=\{{|[`'^~=.\"]){_ACCENT}", re.VERBOSE)
_TOKEN = re.compile(
    rf"""\\\\(?:\[[^\]{{}}]{{0,9}}\])?                              # a forced line break
      | {_ACCENT}
      | \\href\s*\{{[^{{}}]*\}}                                    # the address; the text that follows stays
      | \\(?P<word>[A-Za-z]+)\*?(?P<gap>\s*)(?P<argument>\{{[^{{}}]*\}})?
      | \\(?P<escaped>[^A-Za-z])
      | \$(?P<maths>[^\s$](?:[^$]*[^\s$])?)\$(?!\d)
      | (?P<ligature>---?|``|''|!`|\?`|~)
      | [{{}}]""",
    re.VERBOSE,
)
_LIGATURES = {"---": "—", "--": "–", "``": "“", "''": "”", "!`": "¡", "?`": "¿", "~": " "}
_ESCAPED = {",": " ", ";": " ", ":": " ", "!": "", " ": " ", "\n": " ", "\t": " ", "/": "", "-": "", "@": "",
            "(": "", ")": "", "{": _OPEN, "}": _CLOSE}  # fmt: skip
_MATHS_TOKEN = re.compile(
    r"\\(?P<word>[A-Za-z]+)(?P<gap>\s?)|(?P<script>[\^_])(?:\{(?P<group>[^{}\\$]*)\}|(?P<one>[^\s{}\\$]))"
    r"|(?P<plain>[A-Za-z0-9 ,.;:+\-*/=<>()\[\]|!']|[^\W_])"
)
_MARKUP = re.compile(r"[\\{}$~]|--|``|''|[!?]`")
_UNKNOWN = re.compile(r"\\[A-Za-z]+")


def decode_latex(text: str) -> str:
    r"""The text in Unicode (NFC), white space collapsed; unknown commands stay, as in `\foo bar`."""
    if not _MARKUP.search(text):
        return " ".join(unicodedata.normalize("NFC", text).split())
    text = unicodedata.normalize("NFC", _INNER_ACCENT.sub(_compose_accent, text))
    plain = _TOKEN.sub(_replace_token, text)
    return " ".join(unicodedata.normalize("NFC", plain).translate(_RESTORE).split())


def decode_address(text: str) -> str:
    r"""An address or identifier, without the backslashes and braces that LaTeX needs around `_`, `%`, `#` and `&`."""
    bare = re.sub(r"\\(?:url|href|path)\s*(?=\{)", "", text)
    bare = bare.replace(r"\textunderscore", "_").replace(r"{\_}", "_")
    bare = re.sub(r"\\([_%#&~{}$^])(?:\{\})?", lambda match: match[1].translate(_PROTECT), bare)
    return re.sub(r"[{}\s]", "", bare).translate(_RESTORE)


def list_unknown_commands(decoded: str) -> list[str]:
    """The commands left in a decoded text outside of formulas, each once."""
    return list(dict.fromkeys(_UNKNOWN.findall(re.sub(r"\$[^$]*\$", "", decoded))))


def _replace_token(match: re.Match[str]) -> str:
    if match["accent"]:
        return _compose_accent(match)
    if match["word"]:
        return _replace_word(match)
    if match["escaped"]:
        return _ESCAPED.get(match["escaped"], match["escaped"])
    if match["maths"]:
        return _replace_maths(match["maths"])
    if match["ligature"]:
        return _LIGATURES[match["ligature"]]
    return "" if match[0] in "{}" or match[0].startswith(r"\href") else " "


def _compose_accent(match: re.Match[str]) -> str:
    base = match["group"] or match["dotless"] or match["letter"] or ""
    if not base:  # \~{} is how a lone tilde is written
        return match["accent"] if match["accent"] in "~^`" else ""
    base = {"\\i": "i", "\\j": "j"}.get(base, base)
    return base[0] + _ACCENTS[match["accent"]] + base[1:]


def _replace_word(match: re.Match[str]) -> str:
    word, argument = match["word"], (match["argument"] or "")[1:-1]
    if word in _SYMBOLS:
        return _SYMBOLS[word] + _TOKEN.sub(_replace_token, argument)
    if word in _SCRIPTS:
        return _raise(argument, _SCRIPTS[word]) or _TOKEN.sub(_replace_token, argument)
    if _STYLES.fullmatch(word):
        return _TOKEN.sub(_replace_token, argument)
    if word in _MATHS and match["argument"] is None and not match["gap"]:
        return _MATHS[word]
    return match[0].translate(_PROTECT)


def _replace_maths(formula: str) -> str:
    """A formula in Unicode if all of it has such a form; otherwise as written, `$` included."""
    verbatim = f"${formula}$".translate(_PROTECT)
    pieces: list[str] = []
    position = 0
    while position < len(formula):
        match = _MATHS_TOKEN.match(formula, position)
        piece = _replace_maths_token(match) if match else None
        if match is None or piece is None:
            return verbatim
        pieces.append(piece)
        position = match.end()
    return "".join(pieces)


def _replace_maths_token(match: re.Match[str]) -> str | None:
    if match["word"]:
        symbol = _MATHS.get(match["word"])
        return symbol + match["gap"] if symbol and symbol.isascii() else symbol
    if match["plain"]:
        return match["plain"]
    text = match["group"] if match["group"] is not None else match["one"]
    return _raise(text, _SUPERSCRIPTS if match["script"] == "^" else _SUBSCRIPTS)


def _raise(text: str, alphabet: dict[int, int]) -> str | None:
    """The text in raised or lowered characters; None if one has no such form."""
    raised = text.translate(alphabet)
    return raised if all(a != b for a, b in zip(text, raised, strict=True)) else None
