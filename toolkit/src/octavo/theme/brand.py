"""The brand: the parts of the site's `_brand.yml` that Octavo uses (https://posit-dev.github.io/brand-yml)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Annotated, Any, Literal

from octavo.errors import quote_value
from octavo.model.checking import Fault, Path, check_mapping
from octavo.model.fields import Derived, Kind, Nested, load_mapping
from octavo.model.kinds import Line
from octavo.model.words import describe

FILE = "_brand.yml"
OTHER_FILE = "_brand.yaml"
"""Another name of the file that Quarto reads, too."""
FONT_FORMATS = {".woff2": "woff2", ".woff": "woff", ".ttf": "truetype", ".otf": "opentype"}
"""The CSS name of a font's format, by file name extension."""

# The convention's other keys, by the mapping that they belong to.
_UNUSED: Mapping[Path, frozenset[str]] = {
    (): frozenset({"meta", "defaults"}),
    ("color",): frozenset({"secondary", "tertiary", "success", "info", "warning", "danger", "light", "dark", "link"}),
    ("typography",): frozenset({"monospace-inline", "monospace-block", "link"}),
    ("typography", "fonts"): frozenset({"weight", "style", "display"}),
    **{
        ("typography", role): frozenset({"size", "weight", "style", "line-height", "color", "background-color"})
        for role in ("base", "headings", "monospace")
    },
}
_FAMILY = re.compile(r"[^\"'\\,;:{}<>\x00-\x1f]+")
_WEIGHT = re.compile(r"normal|bold|[1-9]\d{0,2}(\.\.[1-9]\d{0,2})?")


def _check_names(value: Any) -> dict[str, Any]:
    """Names and their values; a picture's value may be a mapping with its path."""
    if not isinstance(value, dict):
        raise ValueError(f"{describe(value)} is not a mapping (expected lines of 'name: value')")
    names = {name: each.get("path") if isinstance(each, dict) else each for name, each in value.items()}
    if wrong := [name for name, each in names.items() if each is not None and not isinstance(each, str)]:
        raise ValueError(f"{quote_value(wrong[0])} is {describe(names[wrong[0]])} (expected text)")
    return names


def _check_family(value: Any) -> str:
    if not isinstance(value, str) or not _FAMILY.fullmatch(value):
        raise ValueError(f"{describe(value)} is not the name of one font family")
    return value


def _check_weight(value: Any) -> str:
    if not isinstance(value, str) or not _WEIGHT.fullmatch(value):
        raise ValueError(f"{describe(value)} is not a weight (expected one such as 400, bold, or 100..900)")
    return value.replace("..", " ")


def _check_font(value: Any) -> str:
    if not isinstance(value, str) or PurePosixPath(value).suffix.lower() not in FONT_FORMATS:
        raise ValueError(f"{describe(value)} is not a font file (expected {', '.join(FONT_FORMATS)})")
    return value


_Names = Annotated[Mapping[str, str] | None, Kind(_check_names, {})]
_Family = Annotated[str, Kind(_check_family, {})]


@dataclass(frozen=True, slots=True)
class Pair:
    """A color or a picture for each scheme; the short form is for the light one, and the other is derived from it."""

    light: Line = ""
    dark: Line = ""


_Pair = Annotated[Pair, Nested(Pair, read_text=lambda text: {"light": text})]


@dataclass(frozen=True, slots=True)
class BrandColors:
    """`color:`; each value is a color, or the name of one in the palette or of another key."""

    palette: _Names = None
    foreground: _Pair = Pair()
    background: _Pair = Pair()
    primary: _Pair = Pair()


@dataclass(frozen=True, slots=True)
class FontFile:
    """A file of a font and the weight and style that it is for, as CSS writes them."""

    path: Annotated[str, Kind(_check_font, {})]
    weight: Annotated[str, Kind(_check_weight, {})] = "normal"
    style: Literal["normal", "italic"] = "normal"
    name: Annotated[str, Derived] = ""
    """The family name in the file, for Typst; empty if Typst can't read the file."""
    ranges: Annotated[str, Derived] = ""
    """The characters that browsers load it for, as CSS writes them; empty for all."""

    @property
    def format(self) -> str:
        """Its format's name in CSS."""
        return FONT_FORMATS[PurePosixPath(self.path).suffix.lower()]


_File = Annotated[FontFile, Nested(FontFile, read_text=lambda text: {"path": _check_font(text)})]


@dataclass(frozen=True, slots=True)
class Font:
    """A font in the site, or a reference to where it can be downloaded."""

    family: _Family
    source: Literal["file", "system", "google", "bunny"] = "file"
    files: tuple[_File, ...] = ()


@dataclass(frozen=True, slots=True)
class TypeChoice:
    """The font for one part of the text."""

    family: _Family = ""


_Choice = Annotated[TypeChoice, Nested(TypeChoice, read_text=lambda text: {"family": _check_family(text)})]


@dataclass(frozen=True, slots=True)
class Typography:
    """`typography:`."""

    fonts: tuple[Font, ...] = ()
    base: _Choice = TypeChoice()
    headings: _Choice = TypeChoice()
    monospace: _Choice = TypeChoice()


@dataclass(frozen=True, slots=True)
class BrandLogo:
    """`logo:`; each is a path, or a name of an image. The smallest one is used."""

    images: _Names = None
    small: _Pair = Pair()
    medium: _Pair = Pair()
    large: _Pair = Pair()


_Logo = Annotated[BrandLogo, Nested(BrandLogo, read_text=lambda text: {"small": {"light": text}})]


@dataclass(frozen=True, slots=True)
class Brand:
    """The contents of `_brand.yml`; all of them may be missing."""

    color: BrandColors = BrandColors()
    typography: Typography = Typography()
    logo: _Logo = BrandLogo()


def read_brand(data: Any) -> tuple[Brand, list[Fault], list[Fault]]:
    """The brand of a parsed `_brand.yml`, with its errors and warnings; an empty one if there are errors."""
    warnings = list(_find_unused(data))
    faults = list(_find_empty(data))
    plain = check_mapping(Brand, _leave_out(data, {warning.path for warning in warnings}), (), faults)
    return Brand() if faults else load_mapping(Brand, plain), faults, warnings


def _find_unused(data: Any) -> Iterator[Fault]:
    for path, _ in _walk(data):
        # The position of a font in the list doesn't matter.
        parent = tuple(part for part in path[:-1] if isinstance(part, str))
        if path and path[-1] in _UNUSED.get(parent, ()):
            yield Fault(path, "Octavo doesn't use this key; it has no effect", at_key=True)


def _find_empty(data: Any) -> Iterator[Fault]:
    for path, value in _walk(data):
        if value is None:
            yield Fault(path, "has no value (a color needs quotes, as '#0b5a63': to YAML, # begins a comment)", True)


def _walk(data: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Every value with its path, outer ones first."""
    yield path, data
    parts = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in parts:
        yield from _walk(value, (*path, key))


def _leave_out(data: Any, paths: set[Path], path: Path = ()) -> Any:
    if isinstance(data, list):
        return [_leave_out(value, paths, (*path, index)) for index, value in enumerate(data)]
    if not isinstance(data, dict):
        return data
    kept = ((key, value, (*path, key)) for key, value in data.items())
    return {key: _leave_out(value, paths, place) for key, value, place in kept if place not in paths}
