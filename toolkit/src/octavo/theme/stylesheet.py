"""The stylesheet: the theme as CSS, for the block in the format's `octavo.css` that it takes the place of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from urllib.parse import quote

from octavo.theme.brand import Font
from octavo.theme.colors import Colors
from octavo.theme.logo import Logo
from octavo.theme.palettes import DEFAULT, PALETTES
from octavo.theme.theme import Theme, make_theme

_BODY = 'Charter, "Bitstream Charter", "Iowan Old Style", "Sitka Text", Cambria, Georgia, "Liberation Serif"'
_CODE = 'ui-monospace, "Cascadia Mono", Menlo, Consolas, "Liberation Mono", monospace'


def replace_theme(css: str, theme: Theme, above: str = "") -> str:
    """The format's stylesheet with this theme in place of its own; `above` leads from its folder to the site's root."""
    return css.replace(write_theme_block(make_theme(PALETTES[DEFAULT])), write_theme_block(theme, above))


def write_theme_block(theme: Theme, above: str = "") -> str:
    """The theme as CSS."""
    return "\n".join(_write_rules(theme, above))


def _write_rules(theme: Theme, above: str) -> Iterator[str]:
    yield ":root {"
    for color in fields(Colors):
        light, dark = getattr(theme.light, color.name), getattr(theme.dark, color.name)
        yield f"  --{color.name}: light-dark({light}, {dark});"
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
    """What a stylesheet calls a file of the site."""
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
    """The logo before the site's title, which says in words what it shows."""
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
