"""The theme in the built site: in the stylesheet and the favicon, with its fonts and its logo."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

from octavo.errors import OctavoError
from octavo.files import write_file
from octavo.pictures.embedding import make_data_address
from octavo.quarto_yaml import read_configuration
from octavo.theme.brand import Font
from octavo.theme.colors import Colors
from octavo.theme.fonts import serve_fonts
from octavo.theme.logo import Logo
from octavo.theme.palettes import DEFAULT, PALETTES
from octavo.theme.theme import Theme, load_theme, make_theme

_BODY = 'Charter, "Bitstream Charter", "Iowan Old Style", "Sitka Text", Cambria, Georgia, "Liberation Serif"'
_CODE = 'ui-monospace, "Cascadia Mono", Menlo, Consolas, "Liberation Mono", monospace'
_STYLES = "_extensions/octavo/octavo.css"
# The paths from which pages load it, the second one for Quarto's 404 page.
_PLACES = ("site_libs/quarto-contrib/quarto-project/octavo/octavo.css", _STYLES)
_SMALL_LOGO = 8_000
_VARIABLE = re.compile(r"var\(--(\w+)[^()]*\)")


def replace_theme(css: str, theme: Theme, above: str = "") -> str:
    """The format's stylesheet with this theme in place of its own; `above` leads from its folder to the site's root."""
    return css.replace(write_theme_block(make_theme(PALETTES[DEFAULT])), write_theme_block(theme, above))


def write_theme_block(theme: Theme, above: str = "") -> str:
    """The theme as CSS."""
    return "\n".join(_write_rules(theme, above))


def _write_rules(theme: Theme, above: str) -> Iterator[str]:
    yield ":root {"
    for name in Colors._fields:
        light, dark = getattr(theme.light, name), getattr(theme.dark, name)
        yield f"  --{name}: light-dark({light}, {dark});"
    others = "".join(f'"{family}", ' for family in theme.list_other_fonts())
    yield f"  --font: {_write_families(theme.body, f'{_BODY}, {others}serif')};"
    yield f"  --font-headings: {_write_families(theme.headings, 'var(--font)')};"
    yield f"  --mono: {_write_families(theme.code, _CODE)};"
    yield "}"
    for font in theme.fonts:
        yield from _write_font(font, above)
    if theme.logo:
        yield from _write_logo(theme.logo, above)


def write_address(path: str, above: str) -> str:
    """The address of a site's file in a stylesheet."""
    return f'url("{above}{quote(path)}")'


def _write_families(family: str, usual: str) -> str:
    return f'"{family}", {usual}' if family else usual


def _write_font(font: Font, above: str) -> Iterator[str]:
    """A rule for each weight and style; of several files for the same, a browser takes the first that it can read."""
    for weight, style in dict.fromkeys((file.weight, file.style) for file in font.files):
        sources = (
            f'{write_address(file.path, above)} format("{file.format}")'
            for file in font.files
            if (file.weight, file.style) == (weight, style)
        )
        yield "@font-face {"
        yield f'  font-family: "{font.family}"; font-weight: {weight}; font-style: {style};'
        yield f"  font-display: swap; src: {', '.join(sources)};"
        if ranges := next(file.ranges for file in font.files if (file.weight, file.style) == (weight, style)):
            yield f"  unicode-range: {ranges};"
        yield "}"


def _write_logo(logo: Logo, above: str) -> Iterator[str]:
    """The rule for the logo before the site's title, which serves as its text alternative."""
    title = ".site-header .site-title::before"
    light, dark = (write_address(path, above) for path in (logo.light, logo.dark))
    yield f"{title} {{"
    yield '  content: ""; display: inline-block; block-size: 1.6em; vertical-align: middle; margin-inline-end: 0.6em;'
    yield f"  aspect-ratio: {logo.width:g} / {logo.height:g}; background: {light} center / contain no-repeat;"
    yield "}"
    if dark != light:
        rule = f"{title} {{ background-image: {dark}; }}"
        yield f'@media (prefers-color-scheme: dark) {{ :root:not([data-theme="light"]) {rule} }}'
        yield f':root[data-theme="dark"] {rule}'


def write_theme(site: Path, root: Path) -> None:
    """Apply the theme of the project in `root` to the complete built site.

    Raises:
        DataError: if there is something wrong with the theme.
        OctavoError: if the site's copy of the format has no place for it.
    """
    theme = serve_fonts(load_theme(root), root, site)
    for path in theme.list_logos():
        write_file(site / path, (root / path).read_bytes())
    _color_favicon(site, root, theme)
    for place in _PLACES:
        if (site / place).is_file():
            above = "../" * place.count("/")
            write_file(site / place, _embed_logo(site, _write_styles(root, theme, above), theme, above))


def _write_styles(root: Path, theme: Theme, above: str) -> str:
    css = (root / _STYLES).read_text(encoding="utf-8")
    themed = replace_theme(css, theme, above)
    if themed == css and theme != make_theme(PALETTES[DEFAULT]):
        message = "lacks the colors that a build replaces, so the palette and the brand can't be applied"
        raise OctavoError(f"{_STYLES}: {message} (`octavo upgrade` brings the file up to date)")
    return themed


def _embed_logo(site: Path, css: str, theme: Theme, above: str) -> str:
    """The stylesheet with a small logo inlined, which saves a request on the first page of a visit."""
    for path in theme.list_logos():
        content = (site / path).read_bytes()
        if len(content) <= _SMALL_LOGO:
            css = css.replace(write_address(path, above), f'url("{make_data_address(path, content)}")')
    return css


def _color_favicon(site: Path, root: Path, theme: Theme) -> None:
    """Replace `var(--accent, …)` and the like in the site's SVG icon, to which no stylesheet applies."""
    website = read_configuration(root).get("website")
    path = str(website.get("favicon") or "") if isinstance(website, dict) else ""
    if path.endswith(".svg") and (site / path).is_file() and (root / path).is_file():
        svg = (root / path).read_text(encoding="utf-8")
        write_file(site / path, _VARIABLE.sub(lambda match: str(getattr(theme.light, match[1], match[0])), svg))
