"""The site: its settings in `_quarto.yml` are checked before anything is built."""

from __future__ import annotations

from pathlib import Path

import pytest

from octavo.errors import OctavoError
from octavo.site import load_site


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ("website: [T]", "website: needs a title and a site-url"),
        ("website: {title: {en: T}, site-url: https://t.example}", "website: title: expected text"),
        ("website: {title: T, site-url: t.example}", "site-url: 't.example' is not an absolute address"),
        ("website: {title: T, site-url: 'javascript:alert(1)'}", "site-url: 'javascript:"),
        ("website: {title: T, site-url: https://t.example}\nnav: news", "nav: expected entries"),
        ("website: {title: T, site-url: https://t.example}\nnav: [news.qmd]", "nav: expected entries"),
        ("website: {title: T, site-url: https://t.example}\nfeeds: hi", "feeds: expected entries"),
        ("website: {title: T, site-url: https://t.example}\nfeeds: [{type: text/xml}]", "feeds: expected entries"),
        ("website: {title: T, site-url: https://t.example}\ncards: some", "cards: 'some' is not known"),
    ],
)
def test_a_setting_of_the_wrong_type_is_reported_with_its_line(tmp_path: Path, settings: str, message: str) -> None:
    (tmp_path / "_quarto.yml").write_text(f"{settings}\n")
    line = settings.count("\n") + 1
    with pytest.raises(OctavoError, match=rf"^_quarto\.yml:{line}: .*{message}"):
        load_site(tmp_path)
