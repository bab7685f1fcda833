"""The theme of a site, from its palette and its brand, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal, NamedTuple

from octavo.errors import DataError, PageError, Problem, quote_value
from octavo.model.words import describe, suggest
from octavo.published import load_published
from octavo.quarto_yaml import CONFIGURATION, find_key_line, read_configuration, read_text
from octavo.tables.source import KeyPath, Source, read_source
from octavo.tables.validation import make_problem
from octavo.theme.brand import FILE, OTHER_FILE, Brand, Font, FontFile, Pair, read_brand
from octavo.theme.colors import READABLE, Color, Colors, contrast, derive_colors, is_dark, make_readable, parse_color
from octavo.theme.logo import Logo, read_logo
from octavo.theme.palettes import DEFAULT, LAYOUTS, PALETTES, Base, Palette

_TYPST_FORMATS = frozenset({"truetype", "opentype"})

Scheme = Literal["light", "dark"]
SCHEMES: tuple[Scheme, ...] = ("light", "dark")
# The names in `_brand.yml` of a scheme's base colors.
_KEYS = {"ink": "foreground", "paper": "background", "accent": "primary"}


class Theme(NamedTuple):
    """The look of the whole site."""

    light: Colors
    dark: Colors
    body: str = ""
    """The font family; empty for the stylesheet's or template's own, as the next two."""
    headings: str = ""
    code: str = ""
    fonts: tuple[Font, ...] = ()
    """The site's own fonts."""
    logo: Logo | None = None

    def list_other_fonts(self) -> list[str]:
        """Fallback families: the site's fonts that no part of the text names, for characters that the others lack."""
        used = {self.body, self.headings, self.code}
        return list(dict.fromkeys(font.family for font in self.fonts if font.family not in used and font.files))

    def find_document_font(self, family: str) -> str:
        """Typst's name of one of the site's families, from its files; empty if Typst can't read them."""
        files = (file for font in self.fonts if font.family == family for file in font.files)
        return next((file.name for file in files if file.name), "")

    def list_files(self) -> Iterator[str]:
        """The paths in the project of the fonts and the logo."""
        for font in self.fonts:
            yield from (file.path for file in font.files)
        yield from self.list_logos()

    def list_logos(self) -> list[str]:
        """The paths in the project of the logo, for one scheme or for each."""
        return list(dict.fromkeys((self.logo.light, self.logo.dark))) if self.logo else []


def load_theme(root: Path) -> Theme:
    """The theme of the project in `root`.

    Raises:
        DataError: if a setting in `_quarto.yml` or `_brand.yml` is wrong.
    """
    theme, problems = _read_theme(root)
    if errors := [problem for problem in problems if problem.severity == "error"]:
        raise DataError(errors)
    return theme


def check_theme(root: Path) -> list[Problem]:
    """Every problem of the theme of the project in `root`, errors and warnings."""
    try:
        return _read_theme(root)[1]
    except PageError as error:
        return [Problem(error.page, error.line, 1, error.message)]


def _read_theme(root: Path) -> tuple[Theme, list[Problem]]:
    text = read_text(root / CONFIGURATION, CONFIGURATION)
    settings = read_configuration(root)
    has_brand, has_other = (root / FILE).is_file(), (root / OTHER_FILE).is_file()
    problems = list(_check_settings(settings, text, has_brand=has_brand, has_other=has_other))
    palette = next((PALETTES[name] for name in PALETTES if name == settings.get("palette")), PALETTES[DEFAULT])
    if not has_brand:
        return make_theme(palette), problems
    reader = _BrandReader(root, read_source(root / FILE, FILE), palette)
    theme = reader.read()
    return theme, sorted([*problems, *reader.source.problems])


def make_theme(palette: Palette) -> Theme:
    """The theme of a palette alone."""
    return Theme(derive_colors(*palette.light), derive_colors(*palette.dark))


def _check_settings(settings: Mapping[str, Any], text: str, *, has_brand: bool, has_other: bool) -> Iterator[Problem]:
    for key, known in {"palette": list(PALETTES), "layout": LAYOUTS}.items():
        value = settings.get(key, known[0])
        if value not in known:
            message = f"{key}: {describe(value)} is unknown ({suggest(str(value), known)})"
            yield Problem(CONFIGURATION, find_key_line(text, (key,)), 1, message)
    if has_other:
        yield Problem(OTHER_FILE, 1, 1, f"Octavo reads {FILE} only: rename this file")
    if has_brand and settings.get("brand") is not False:
        message = f"add `brand: false`: Octavo reads {FILE} itself, and Quarto would add Bootstrap to every page"
        yield Problem(CONFIGURATION, find_key_line(text, ("brand",)), 1, message)


class _BrandReader:
    """Reads `_brand.yml`; adds mistakes to the source's problems."""

    def __init__(self, root: Path, source: Source, palette: Palette) -> None:
        self.source = source
        self._root = root
        self._palette = palette
        self._published = load_published(root)
        self._brand = Brand()

    def read(self) -> Theme:
        if self.source.data is None:
            return make_theme(self._palette)
        self._brand, faults, warnings = read_brand(self.source.data)
        for fault in faults:
            self._add(fault.path, fault.message, key=fault.at_key)
        for fault in warnings:
            self._warn(fault.path, fault.message, key=fault.at_key)
        light, dark = self._make_schemes()
        typography = self._brand.typography
        return Theme(
            light=derive_colors(*light),
            dark=derive_colors(*dark),
            body=self._choose_font("base"),
            headings=self._choose_font("headings"),
            code=self._choose_font("monospace"),
            fonts=tuple(self._check_font(index, font) for index, font in enumerate(typography.fonts)),
            logo=self._find_logo(),
        )

    def _make_schemes(self) -> tuple[Base, Base]:
        given = {part: self._read_pair(("color", key), getattr(self._brand.color, key)) for part, key in _KEYS.items()}
        paper = given["paper"]
        if paper["light"] and not paper["dark"] and is_dark(paper["light"]):
            # A brand with only a dark background: its colors are those of the dark scheme, and the light one is
            # derived.
            given = {part: {"light": pair["dark"], "dark": pair["light"]} for part, pair in given.items()}
        schemes = [self._make_scheme(scheme, given) for scheme in SCHEMES]
        return schemes[0], schemes[1]

    def _make_scheme(self, scheme: Scheme, given: Mapping[str, Mapping[Scheme, Color | None]]) -> Base:
        """A scheme of the given colors; others are the palette's, or of the other scheme's hue."""
        usual = self._palette[SCHEMES.index(scheme)]
        paper = given["paper"][scheme] or usual.paper
        ink = given["ink"][scheme] or make_readable(usual.ink, paper)
        accent = given["accent"][scheme]
        if accent is None:
            other = next((color for color in given["accent"].values() if color), usual.accent)
            # About as strong as the ready palettes' own.
            accent = make_readable(other, paper, 7) if other != usual.accent else make_readable(other, paper)
        self._check_contrast(scheme, "foreground", ink, paper, is_given=bool(given["ink"][scheme]))
        self._check_contrast(scheme, "primary", accent, paper, is_given=bool(given["accent"][scheme]))
        return Base(ink, paper, accent)

    def _check_contrast(self, scheme: Scheme, key: str, color: Color, paper: Color, *, is_given: bool) -> None:
        ratio = contrast(color, paper)
        if is_given and ratio < READABLE:
            # Rounded down: 4.49 must not look like enough.
            shown, nearest = int(ratio * 100) / 100, make_readable(color, paper)
            message = f"{color} on the {scheme} background {paper} has a contrast of {shown}:1, less than {READABLE}:1"
            self._warn(("color", key, scheme), f"{message} (the nearest color that has it is {nearest})")

    def _read_pair(self, path: KeyPath, pair: Pair) -> dict[Scheme, Color | None]:
        return {scheme: self._read_color((*path, scheme), getattr(pair, scheme)) for scheme in SCHEMES}

    def _read_color(self, path: KeyPath, name: str) -> Color | None:
        """The color that a name of the palette, or of another key, refers to."""
        palette = self._brand.color.palette or {}
        others = {key: getattr(self._brand.color, key).light for key in _KEYS.values()}
        seen = [name]
        while following := palette.get(seen[-1]) or others.get(seen[-1]):
            if following in seen:
                self._add(path, f"{' → '.join([*seen, following])} refers to itself")
                return None
            seen.append(following)
        try:
            return parse_color(seen[-1]) if name else None
        except ValueError as error:
            hint = f"; the palette has {', '.join(palette)}" if palette else ""
            self._add(path, f"{quote_value(seen[-1])} {error}{hint}")
            return None

    def _choose_font(self, role: str) -> str:
        family: str = getattr(self._brand.typography, role).family
        path: KeyPath = ("typography", role, "family")
        fonts = [font for font in self._brand.typography.fonts if font.family == family]
        files = [file for font in fonts for file in font.files]
        if family and not fonts:
            self._warn(path, f"typography.fonts has no {quote_value(family)}, so only readers who have it will see it")
        elif files and not any(file.format in _TYPST_FORMATS for file in files):
            self._warn(path, f"the CV and the cards can't be set in {family}: add a .ttf or .otf file of it")
        return family

    def _check_font(self, index: int, font: Font) -> Font:
        """The font with its existing files."""
        path: KeyPath = ("typography", "fonts", index)
        if font.source in ("google", "bunny"):
            self._warn(
                (*path, "source"),
                f"{font.family} isn't loaded from {font.source}: the site loads nothing from third parties "
                "(download its files to assets/fonts/, write source: file, and list them under files:)",
            )
            return replace(font, files=())
        if font.source == "file" and not font.files:
            self._add(
                path, f"{font.family} has no files (expected files: and their paths, such as assets/fonts/a.woff2)"
            )
        files = [self._check_file((*path, "files", number), file) for number, file in enumerate(font.files)]
        return replace(font, files=tuple(file for file in files if file.path))

    def _check_file(self, path: KeyPath, file: FontFile) -> FontFile:
        name = self._find_file(path, file.path)
        if not name or file.format not in _TYPST_FORMATS:
            return replace(file, path=name)
        from PIL import ImageFont  # only where a site brings fonts

        try:
            return replace(file, path=name, name=str(ImageFont.truetype(self._root / name).getname()[0]))
        except OSError as error:
            self._add(path, f"{quote_value(name)} can't be opened as a font: {error}")
            return replace(file, path="")

    def _find_logo(self) -> Logo | None:
        logo = self._brand.logo
        sizes = {"small": logo.small, "medium": logo.medium, "large": logo.large}
        size, pair = next(((size, pair) for size, pair in sizes.items() if pair != Pair()), ("", Pair()))
        if not size:
            return None
        images = logo.images or {}
        names = dict.fromkeys((pair.light or pair.dark, pair.dark or pair.light))
        files = [self._find_file(("logo", size), images.get(name, name)) for name in names]
        try:
            return read_logo(self._root, files[0], files[-1]) if all(files) else None
        except ValueError as error:
            self._add(("logo", size), str(error))
            return None

    def _find_file(self, path: KeyPath, value: str) -> str:
        """The path in the project of a file that the site may publish; an empty text if there is none."""
        name = value.removeprefix("./").removeprefix("/")
        if "://" in value:
            self._add(path, f"{quote_value(value)}: the site loads nothing from third parties (download it to assets/)")
        elif fault := self._published.find_fault(name):
            self._add(path, f"{quote_value(value)} {fault} (put it into assets/)")
        elif not (self._root / name).is_file():
            self._add(path, f"there is no file {quote_value(value)}")
        else:
            return name
        return ""

    def _add(self, path: KeyPath, message: str, *, key: bool = False) -> None:
        self.source.problems.append(make_problem(self.source, "brand", path, message, key=key))

    def _warn(self, path: KeyPath, message: str, *, key: bool = False) -> None:
        problem = make_problem(self.source, "brand", path, message, key=key)
        self.source.problems.append(problem._replace(severity="warning"))
