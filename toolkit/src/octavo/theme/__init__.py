"""The theme: colors, fonts, and logo, from a ready palette and the site's `_brand.yml`.

The pages' stylesheet, the CV, the cards, and the favicon all take them from here.
"""

from octavo.theme.stylesheet import write_theme
from octavo.theme.theme import Theme, check_theme, load_theme

__all__ = ["Theme", "check_theme", "load_theme", "write_theme"]
