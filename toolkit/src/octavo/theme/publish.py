"""The theme in the built site: in the stylesheet and the favicon, with its fonts and its logo."""

from __future__ import annotations

import re
from pathlib import Path

from octavo.errors import OctavoError
from octavo.files import write_file
from octavo.pictures.embedding import make_data_address
from octavo.quarto_yaml import read_configuration
from octavo.theme.colors import Colors
from octavo.theme.fonts import serve_fonts
from octavo.theme.palettes import DEFAULT, PALETTES
from octavo.theme.stylesheet import replace_theme, write_address
from octavo.theme.theme import Theme, load_theme, make_theme

_STYLES = "_extensions/octavo/octavo.css"
# Where the pages load it from, and where Quarto puts it for the 404 page.
_PLACES = ("site_libs/quarto-contrib/quarto-project/octavo/octavo.css", _STYLES)
_SMALL_LOGO = 8_000
_VARIABLE = re.compile(r"var\(--(\w+)[^()]*\)")


def write_theme(site: Path, root: Path) -> None:
    """Give the built site, which has all of its pages, the theme of the project in `root`.

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
    """The stylesheet with a small logo in it: one request less on the first page of a visit."""
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
        write_file(site / path, _VARIABLE.sub(lambda match: _find_color(match, theme.light), svg))


def _find_color(match: re.Match[str], colors: Colors) -> str:
    return str(getattr(colors, match[1], match[0]))
