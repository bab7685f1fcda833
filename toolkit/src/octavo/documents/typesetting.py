"""Typesetting: the only module that runs Typst.

Templates are the toolkit's own; a site's `documents/cv.typ` or `documents/card.typ` takes its place. Typst sees the
template's folder, the fonts in the site's `documents/fonts` and of its brand, and those that its package brings: no
network and no fonts of the machine. So the same data give the same bytes everywhere. Only for scripts that its own
fonts lack (Arabic, Chinese, …) does it also get the machine's fonts.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from octavo.cache import Cache
from octavo.errors import OctavoError
from octavo.installed import list_font_folders, list_installed
from octavo.language.tags import find_direction
from octavo.theme import Theme, load_theme
from octavo.theme.colors import WHITE, Colors, derive_colors, make_readable

# Characters that Libertinus Serif and its companions lack. They cover Latin, Greek, Cyrillic, Hebrew, and most symbols;
# their Arabic and Devanagari are poor. Compiled only when something is drawn, because that takes several milliseconds.
_RARE = (
    r"[\u0500-\u052f\u0600-\u1dff\u2041\u2043\u2053\u211f\u2121\u2123\u2125\u2152\u2185-\u218b\u2400-\u244a\u2607\u2608"
    r"\u2630-\u2637\u268c-\u268f\u269d-\u269f\u26a8\u26a9\u26b0\u26b1\u26b3-\u2700\u2705\u270a\u270b\u2715\u2716\u2727-\u2729"
    r"\u274c-\u2760\u2780-\u2797\u27b0\u2c00-\ufafe\ufb50-\U0010ffff]"
)
TEMPLATES = Path(__file__).with_name("templates")
OVERRIDES = "documents"
_USUAL_FONT = "Libertinus Serif"
_PROGRAMS = ("typst-", "pillow-")
_UNDISPLAYED = "could not be displayed"
_MISSING = re.compile(r'the text `"(.+?)"` could not be displayed')
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
_UNKNOWN_FONT = "unknown font family: "
_ADD_FONT = 'put it into documents/fonts/ or name another one to fall back on: ("This", "Libertinus Serif")'
# In a diagnostic: its errors, a place, and a line of the source above its underlining.
_ERRORS = re.compile(r"^error: .*", re.MULTILINE | re.DOTALL)
_PLACE = re.compile(r"┌─ (.+:\d+:\d+)$", re.MULTILINE)
_UNDERLINED = re.compile(r"│ (?P<source>.*)\n.*│ (?P<indent> *)\^")
_MOST_SHOWN = 24
_REMEDY = (
    "so there are boxes in their place (put a font that has them into documents/fonts/, or list it in _brand.yml "
    "under typography: fonts:; those of https://fonts.google.com/noto cover all scripts)"
)


class Template(NamedTuple):
    """A Typst file, the folder of the site's own fonts, whether it exists or not, and the site's theme."""

    file: Path
    fonts: Path
    theme: Theme
    root: Path

    def __str__(self) -> str:
        return f"{self.file.parent.name}/{self.file.name}"


def find_template(root: Path, name: str) -> Template:
    """The template of this name: the site's own if it has one, otherwise the toolkit's."""
    own = root / OVERRIDES / name
    return Template(own if own.is_file() else TEMPLATES / name, root / OVERRIDES / "fonts", load_theme(root), root)


def typeset_pdf(template: Template, data: Mapping[str, Any]) -> bytes:
    """Set a tagged PDF by PDF/UA-1 (ISO 14289-1), whose rules Typst checks.

    If no font has some character, it is a tagged PDF that shows a box in its place, which PDF/UA forbids.

    Raises:
        OctavoError: Typst can't set it; the message has the template's file and line.
    """
    data = _date(data)
    colors = _print_colors(template.theme.light)
    try:
        return _run(template, data, colors, format="pdf", pdf_standards=["1.7", "ua-1"])[0]
    except OctavoError as error:
        if _UNDISPLAYED not in str(error):
            raise
        return _run(template, data, colors, format="pdf")[0]


def count_pages(template: Template, data: Mapping[str, Any]) -> int:
    """How many pages the document has.

    Raises:
        OctavoError: As `typeset_pdf`.
    """
    return len(_run(template, _date(data), _print_colors(template.theme.light), format="svg"))


def find_missing(template: Template, data: Mapping[str, Any]) -> str:
    """The characters that no font has, so that the document shows a box for each."""
    try:
        # PDF/A forbids such boxes, and asks for nothing else that a template may lack.
        _run(template, _date(data), template.theme.light, format="pdf", pdf_standards=["a-2b"])
    except OctavoError as error:
        shown = "".join(_MISSING.findall(str(error)))
        return "".join(sorted(set(_ESCAPED.sub(lambda escaped: chr(int(escaped[1], 16)), shown))))
    return ""


def typeset_pictures(template: Template, data: Mapping[str, Any], *, ppi: float) -> list[bytes]:
    """Set a PNG of each page.

    Raises:
        OctavoError: As `typeset_pdf`.
    """
    return _run(template, data, template.theme.light, format="png", ppi=ppi)


def describe_typesetting(template: Template) -> str:
    """Hash everything except the data that affects how a document looks.

    That is the programs and modules that draw it, every file that its template can use, the machine's fonts, the
    theme, and the date if the template can show it.
    """
    files = {**dict(_read_files(template.fonts)), **dict(_read_files(template.file.parent))}
    files |= {path: (template.root / path).read_bytes() for path in template.theme.list_files()}
    code = dict(_read_files(Path(__file__).parent))
    shows_date = any(name.endswith(".typ") and b"datetime.today" in content for name, content in files.items())
    programs = [name for name in list_installed() if name.lower().startswith(_PROGRAMS)]
    moment = find_timestamp() or (shows_date and date.today())
    digest = hashlib.sha256(repr([template.file.name, template.theme, moment, programs, *list_font_folders()]).encode())
    for name, content in [*files.items(), *code.items()]:
        if not name.endswith(".pyc"):
            digest.update(name.encode() + b"\0" + hashlib.sha256(content).digest())
    return digest.hexdigest()


def describe_language(tag: str) -> dict[str, str | None]:
    """Typst's `language`, `region`, and `direction` for a tag such as `de-CH`; the region may be missing."""
    language, _, region = tag.partition("-")
    region = region.upper() if len(region) == 2 else ""
    return {"language": language.lower(), "region": region or None, "direction": find_direction(tag)}


def is_plain(data: object) -> bool:
    """Whether Typst's own fonts have all characters, so that a document needs none of the machine's fonts."""
    return re.search(_RARE, _format_data(data)) is None


def find_timestamp() -> int | None:
    """The documents' date, if SOURCE_DATE_EPOCH gives one (by reproducible-builds.org)."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return int(epoch) if epoch.isdigit() else None


def _date(data: Mapping[str, Any]) -> dict[str, Any]:
    return {**data, "dated": find_timestamp() is not None}


def _print_colors(colors: Colors) -> Colors:
    """The same colors, readable on white paper."""
    return derive_colors(make_readable(colors.ink, WHITE), WHITE, make_readable(colors.accent, WHITE))


def _describe_theme(template: Template, colors: Colors) -> dict[str, Any]:
    """What templates read as `theme`."""
    theme = template.theme
    body, headings = theme.find_document_font(theme.body), theme.find_document_font(theme.headings)
    others = [theme.find_document_font(family) for family in theme.list_other_fonts()]
    return {
        **{name: str(getattr(colors, name)) for name in ("ink", "soft", "paper", "accent")},
        "fonts": [family for family in (body, _USUAL_FONT, *others) if family],
        "heading-fonts": [family for family in (headings, body, _USUAL_FONT, *others) if family],
        "logo": list((template.root / theme.logo.light).read_bytes()) if theme.logo else None,
    }


def _list_font_paths(template: Template) -> list[str]:
    brought = {(template.root / file.path).parent for font in template.theme.fonts for file in font.files}
    return [str(folder) for folder in (template.fonts, *sorted(brought)) if folder.is_dir()]


def _run(template: Template, data: Mapping[str, Any], colors: Colors, **options: Any) -> list[bytes]:
    import typst  # only where something has to be set

    try:
        compiler = typst.Compiler(
            str(template.file),
            root=template.file.parent,
            font_paths=_list_font_paths(template),
            ignore_system_fonts=is_plain(data),
            # A string that the template parses as JSON: nothing in the data is ever markup.
            sys_inputs={"data": _format_data({**data, "theme": _describe_theme(template, colors)})},
        )
        made, warnings = compiler.compile_with_warnings(timestamp=find_timestamp(), **options)
    except typst.TypstError as error:
        raise OctavoError(_describe(template, error.message, error.diagnostic)) from error
    for warning in warnings:
        if warning.message.startswith(_UNKNOWN_FONT) and not _has_alternatives(warning.diagnostic):
            raise OctavoError(_describe(template, f"{warning.message}; {_ADD_FONT}", warning.diagnostic))
    pages = [page for page in (made if isinstance(made, list) else [made]) if page]
    if not pages:
        raise OctavoError(f"{template}: Typst returned an empty document")
    return pages


def _read_files(folder: Path) -> Iterator[tuple[str, bytes]]:
    """The files under a folder, including folders that it links to, by their paths in it."""
    for parent, folders, names in os.walk(folder, followlinks=True):
        folders.sort()
        for path in (Path(parent, name) for name in sorted(names)):
            with suppress(FileNotFoundError):  # an editor's lock file is a dangling link
                yield path.relative_to(folder).as_posix(), path.read_bytes()


def _format_data(data: object) -> str:
    return json.dumps(data, ensure_ascii=False)


def _describe(template: Template, message: str, diagnostic: str) -> str:
    if errors := _ERRORS.search(diagnostic):  # they follow the warnings
        diagnostic = errors[0]
    place = _PLACE.search(diagnostic)
    return f"{place[1] if place else template}: Typst: {message}\n{diagnostic.strip()}"


def _has_alternatives(diagnostic: str) -> bool:
    """Whether the unknown font is one of a list, of which any will do."""
    underlined = _UNDERLINED.search(diagnostic)
    return underlined is None or underlined["source"][len(underlined["indent"]) :].startswith("(")


class Made(NamedTuple):
    """A document, and its characters that no font has."""

    content: bytes
    missing: str


def find_kept_missing(template: Template, data: Mapping[str, Any], cache: Cache, key: str) -> str:
    """The characters of a document that no font has; the cache keeps them under the document's key."""
    if is_plain(data):
        return ""
    return cache.find_or_make(f"{key}.missing", lambda: find_missing(template, data).encode()).decode()


def describe_missing(documents: str, characters: str) -> str:
    """The note that no font has these characters of the documents."""
    scripts = {unicodedata.name(character, "unnamed").split()[0].split("-")[0] for character in characters}
    shown = " ".join(characters[:_MOST_SHOWN]) + (" …" if len(characters) > _MOST_SHOWN else "")
    return f"{documents}: no font has {shown} ({', '.join(sorted(scripts)).lower()}), {_REMEDY}"
