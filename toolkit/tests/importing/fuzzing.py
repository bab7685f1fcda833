"""Nearly valid and damaged bibliographies in BibTeX, RIS, and CSL-JSON, with the pieces of each."""

from __future__ import annotations

import dataclasses
import json
import re
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

FORMATS = {"bibtex": "BibTeX", "ris": "RIS", "csl": "CSL-JSON"}

# A word of a title in BibTeX, RIS, and CSL-JSON, and as it should be read.
WORDS = (
    ("Plain", "Plain", "Plain", "Plain"),
    (r"G{\"o}del", "Gödel", "G&ouml;del", "Gödel"),
    (r"\'Etale", "Étale", "<i>É</i>tale", "Étale"),
    ("{{D}NN}", "DNN", "<span class='x'>DNN</span>", "DNN"),
    (r"R\&D", "R&D", "R&amp;D", "R&D"),
    ("{" * 40 + "deep" + "}" * 40, "deep", "deep", "deep"),
    ("x\x01y", "x\x01y", "x\x01y", "xy"),
    ("語", "語", "語", "語"),
    ("a, b", "a, b", "a, b", "a, b"),
    ("(c)", "(c)", "(c)", "(c)"),
    ("mail@example", "mail@example", "mail@example", "mail@example"),
    ("50{\\%}", "50%", "50%", "50%"),
    ("a = b", "a = b", "a = b", "a = b"),
    ("TY - no", "TY - no", "TY - no", "TY - no"),
    ("a�b", "a�b", "a\ud800b", "a�b"),
)

# What damage inserts anywhere.
FRAGMENTS = (
    "{", "}", '"', "\\", "@", "(", ")", "#", "=", ",", "%", "$", ":", "[", "]", "-", " ", "\n", "\r", "\n\n", "\t",
    "\x00", "\x0c", "\x1a", "\x7f", "\x85", "\xa0", "\ufeff", "\u2028", "\udcff", "\udce4", "{" * 1000, "}" * 50,
    "[" * 1000, '"' * 9, "@article{", "@comment{", "\n@comment{", "@string{x =", "@preamble{", "\n@article(", "@ {",
    "title = {", "and others", " and and ", "\\href{", "{\\", "\\'{", "$x^", "ER  - ", "\nER  - \n", "\nTY  - JOUR\n",
    "TY  -", "\n  ", "AU  - ", "\nPY  - 2020//03\n", "null", "NaN", "-Infinity", "1e999", "9" * 5000,
    f"&#{'9' * 5000};", "&#xd800;", "<ſub>2</ſub>", "<sub>", "\\ud800", "]}", "},{", '{"a":', ',"title":"X"', '"id":',
    "true", "'", "\u0661", "//",
)  # fmt: skip

NOISE = st.text(st.sampled_from("abc XYZ.,:;-'()[]/<>&=é語\x02"), max_size=30)


@dataclass(frozen=True)
class Piece:
    """A stretch of a file: an entry, intact or damaged, or the text between two."""

    text: str
    original: str = ""
    """An entry as it was written; of what stands between two, empty."""
    title: str = ""
    """As it has to be read; empty if the entry can't be used."""
    family: str = ""
    reported: tuple[str, ...] = ()
    """What of its other fields has to be kept, or their names, to be reported."""

    @property
    def is_whole(self) -> bool:
        return bool(self.original) and self.text == self.original

    @property
    def has_line_left(self) -> bool:
        """Whether it still has an intact line with a head, a field, or a tag."""
        telling = {line for line in split_lines(self.original) if re.search("[=:-]", line) and len(line.strip()) > 6}
        return any(line in telling for line in split_lines(self.text))


@dataclass(frozen=True)
class Document:
    """A file, and the pieces it consists of."""

    format: str
    content: bytes
    pieces: tuple[Piece, ...] = ()

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)


# Fields of BibTeX and RIS, and what must be found of each: its text as read, or its name.
BIBTEX_FIELDS = {
    "year = 2020": "2020", "month = jul": "", "publisher = acm": "Society", 'pages = "1--20"': "1–20",
    "series = {A} # acm # {B}": "ASocietyB", "abstract = {One {two}\n\n  three \"four\" @ five}": "@ five",
    "note = {}": "", "x-y = {1}": "x-y", "doi = {10.1145/1.2}": "10.1145/1.2",
    "url = {https://example.org/a_b}": "example.org/a_b",
}  # fmt: skip
RIS_FIELDS = {
    ("PY", "2020"): "2020", ("DA", "2020/11/03"): "2020", ("AB", "One\n  two\nthree"): "three", ("KW", "a"): "",
    ("ZZ", "unheard of"): "ZZ", ("DO", "10.1145/1.2"): "10.1145/1.2", ("SP", "1"): "1",
    ("UR", "https://example.org"): "https://example.org", ("AU", "B, C."): "C.", ("PB", ""): "",
}  # fmt: skip


def split_lines(text: str) -> list[str]:
    return re.split(r"\r\n|\r|\n", text)


@st.composite
def documents(draw: st.DrawFn, format_: str) -> Document:
    """A file with a few entries, most intact and some damaged, in any of the usual encodings."""
    newline = draw(st.sampled_from(["\n", "\n", "\r\n", "\r"]))
    entries = [draw(_WRITERS[format_](number)) for number in range(draw(st.integers(1, 5)))]
    entries = [Piece(*[entry[0].replace("\n", newline)] * 2, *entry[1:]) for entry in entries]
    shares_lines = format_ == "bibtex" and draw(st.integers(0, 3)) == 0
    count = draw(st.integers(0, 1 if shares_lines or format_ == "csl" else 3))
    for _ in range(count):
        place = draw(st.integers(0, len(entries) - 1))
        entries[place] = dataclasses.replace(entries[place], text=draw(_damage(entries[place].text)))
    if draw(st.integers(0, 5)) == 0:
        order = draw(st.permutations(range(len(entries))))
        entries = [entries[place] for place in order]
    if draw(st.integers(0, 5)) == 0:
        entries.append(draw(st.sampled_from(entries)))
    pieces = draw(_join(format_, entries, " " if shares_lines else newline, newline))
    return Document(format_, draw(_encode("".join(piece.text for piece in pieces))), pieces)


def garbage(format_: str) -> st.SearchStrategy[Document]:
    """Arbitrary bytes: pieces of syntax in any order, and anything else."""
    pieces = st.lists(st.sampled_from(FRAGMENTS) | NOISE, max_size=30).map("".join)
    repeated = st.builds(lambda piece, count: piece * count, st.text(st.sampled_from('@{}",=()[]:\\a1 \n'), max_size=8),
                         st.integers(1, 2000))  # fmt: skip
    texts = (pieces | repeated | st.text(max_size=60)).flatmap(_encode)
    return (texts | st.binary(max_size=200)).map(lambda content: Document(format_, content))


@st.composite
def _write_bibtex(draw: st.DrawFn, number: int) -> tuple[str, str, str, tuple[str, ...]]:
    words = draw(st.lists(st.sampled_from(WORDS), max_size=3))
    title = " ".join([f"Work {number}", *(word[0] for word in words)])
    quoted = draw(st.booleans())
    others = draw(st.lists(st.sampled_from(list(BIBTEX_FIELDS)), max_size=3, unique=True))
    pad = draw(st.sampled_from(["", " ", "\n    "]))
    fields = [
        f'title{pad}={pad}"{title}"' if quoted else f"TITLE = {{{title}}}",
        draw(st.sampled_from([f"author = {{Family{number}, A.}}", f'author={{A. Family{number}}} # " and B. C"'])),
        *others,
    ]
    is_usable = draw(st.integers(0, 5)) > 0
    if not is_usable:
        fields.pop(draw(st.integers(0, 1)))
    kind = draw(st.sampled_from(["article", "InProceedings", "misc", "article ", "software  \t          ", "unheard"]))
    opening, closing = draw(st.sampled_from([("{", "}"), ("{", "}"), ("(", ")")]))
    comma = draw(st.sampled_from(["", ",", ",\n", " "]))
    gap = draw(st.sampled_from([", ", ",\n  "]))
    text = f"@{kind}{opening}key-number-{number}{gap}{gap.join(fields)}{comma}{closing}"
    title = " ".join([f"Work {number}", *(word[3] for word in words)]) * is_usable
    return text, title, f"Family{number}", tuple(BIBTEX_FIELDS[field] for field in others)


@st.composite
def _write_ris(draw: st.DrawFn, number: int) -> tuple[str, str, str, tuple[str, ...]]:
    words = draw(st.lists(st.sampled_from(WORDS), max_size=3))
    head = f"Work {number}"
    others = draw(st.lists(st.sampled_from(list(RIS_FIELDS)), max_size=4))
    lines = [
        ("TI", " ".join([head, *(word[1] for word in words)])),
        ("AU", f"Family{number}, A."),
        *others,
    ]
    is_usable = draw(st.integers(0, 5)) > 0
    if not is_usable:
        lines.pop(draw(st.integers(0, 1)))
        lines = [line for line in lines if line[0] != "AU" or "Family" in line[1]]
    before, after, end = draw(st.sampled_from([
        ("", "  - ", "ER  - "), ("", " - ", "ER -"), ("", "  -", "ER  -"), (" ", "  - ", " ER  - "),
        ("", "\t-\t", "ER\t-"), ("", "   -   ", "ER  -  "), ("\ufeff", "  - ", "ER  - "),
    ]))  # fmt: skip
    # an unknown tag is only a tag if its spaces are correct
    body = "".join(f"{before}{tag}{after}{text}\n" if tag != "ZZ" else f"ZZ  - {text}\n" for tag, text in lines)
    kind = draw(st.sampled_from(["JOUR", "CONF", "UNHEARD"]))
    text = f"{before}TY{after}{kind}\n{body}{end}"
    title = " ".join([head, *(word[3] for word in words)]) * is_usable
    return text, title, f"Family{number}", tuple(RIS_FIELDS[field] for field in others)


_VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | NOISE | st.just(10**4000) | st.just("{[,]}"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NOISE, inner, max_size=3),
    max_leaves=5,
)


@st.composite
def _write_csl(draw: st.DrawFn, number: int) -> tuple[str, str, str, tuple[str, ...]]:
    words = draw(st.lists(st.sampled_from(WORDS), max_size=3))
    item: Any = {
        "id": f"key-number-{number}",
        "title": " ".join([f"Work {number}", *(word[2] for word in words)]),
        "author": [{"family": f"Family{number}", "given": "A."}, {"family": "B"}],
        **draw(st.dictionaries(st.sampled_from(["note-x", "keyword-x", "custom"]), _VALUES, max_size=2)),
        **draw(st.fixed_dictionaries({}, optional={
            "type": st.sampled_from(["article-journal", "unheard"]), "volume": st.sampled_from([3, "3", 10**4000]),
            "issued": st.sampled_from([{"date-parts": [[2020, 11]]}, {"raw": "2020"}, None, {}]),
        })),
    }  # fmt: skip
    is_usable = draw(st.integers(0, 4)) > 0
    if not is_usable:
        name = draw(st.sampled_from(["title", "author", "issued", "DOI", "volume", ""]))
        item = {**item, name: draw(_VALUES)} if name else draw(_VALUES)
    text = json.dumps(item, indent=draw(st.sampled_from([None, 1])), ensure_ascii=True)
    for depth in draw(st.lists(st.sampled_from([10, 900]), max_size=1)):
        text = text.replace('"author"', f'"deep": {"[" * depth}{"]" * depth}, "author"', 1)
        is_usable = is_usable and depth < 100  # reported, if it is too deep for the parser
    title = " ".join([f"Work {number}", *(word[3] for word in words)]) * is_usable
    reported = [name for name, value in item.items() if name.endswith("-x") and value] if isinstance(item, dict) else []
    return text, title, f"Family{number}", tuple(reported)


_WRITERS: dict[str, Any] = {"bibtex": _write_bibtex, "ris": _write_ris, "csl": _write_csl}


@st.composite
def _join(draw: st.DrawFn, format_: str, entries: list[Piece], gap: str, newline: str) -> tuple[Piece, ...]:
    """The entries with text before, between, and after them."""
    if format_ == "csl":
        head, tail = draw(st.sampled_from([("[", "]"), ('{"items": [', "]}"), ('{"v": [1], "items":[', '], "w": {}}')]))
        head = draw(st.sampled_from(["", newline, "\ufeff"])) + head
        separator = draw(st.sampled_from([", ", f",{newline}"]))
    elif format_ == "ris":
        head, tail, separator = draw(st.sampled_from(["", newline])), newline, newline
    else:
        head = draw(st.sampled_from(["", f"Words.{newline}"])) + f'@string{{ACM = "Society"}}{newline}'
        tail, separator = draw(st.sampled_from(["", newline, f"{newline}Words."])), gap
    pieces = [Piece(head)]
    for entry in entries:
        pieces += [entry, Piece(separator)]
    return (*pieces[:-1], Piece(tail))


@st.composite
def _damage(draw: st.DrawFn, text: str) -> str:
    """The text with a stretch removed, doubled, moved, or replaced, or with something inserted."""
    places = st.integers(0, len(text))
    start, end = sorted((draw(places), draw(places | st.just(len(text)))))
    if draw(st.booleans()):
        end = min(end, start + 1)
    fragment = draw(st.sampled_from(FRAGMENTS))
    stretch = text[start:end]
    half = len(stretch) // 2
    changed = ["", stretch * 2, fragment, fragment + stretch, stretch[::-1], stretch[half:] + stretch[:half]]
    return text[:start] + draw(st.sampled_from(changed)) + text[end:]


@st.composite
def _encode(draw: st.DrawFn, text: str) -> bytes:
    """The bytes; a lone surrogate becomes a byte that isn't UTF-8, or stays one in UTF-16."""
    encoding = draw(st.sampled_from(["utf-8", "utf-8", "utf-8-sig", "utf-16", "latin-1"]))
    if encoding == "latin-1" and re.fullmatch("[\x00-\x7f\xa0-\xff]*", text):
        return text.encode("latin-1")
    errors = "surrogatepass" if encoding == "utf-16" else "surrogateescape"
    try:
        return text.encode("utf-8" if encoding == "latin-1" else encoding, errors)
    except UnicodeEncodeError:
        return text.encode("utf-8", "replace")
