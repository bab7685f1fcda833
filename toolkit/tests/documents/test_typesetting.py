"""Typesetting: data are text, whatever stands in them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pypdf import PdfReader

from octavo.documents.cache import Cache
from octavo.documents.cv import describe_cv
from octavo.documents.cv_files import TEMPLATE, write_cv_files
from octavo.documents.record import load_record
from octavo.documents.typesetting import describe_language, is_accessible, typeset_pdf

Read = Callable[[bytes], PdfReader]

TITLES = [
    '#panic("code") #let x = 1 $x^2$ *bold* _emph_ `raw` = heading',
    "#sys.inputs // comment /* comment */ <label> @reference \\ #[content]",
    '"}] , "injected": true {{ \\u0022 \\" \\n',
    "~ -- --- ... 'single' \"double\" https://example.org",
]


@pytest.mark.parametrize("title", TITLES)
def test_no_text_is_markup_or_code(noether: Path, read_pdf: Read, title: str) -> None:
    document = describe_cv(load_record(noether))
    document["sections"][0]["entries"][0]["first"] = [{"text": title}]
    text = read_pdf(typeset_pdf(TEMPLATE, document)).pages[0].extract_text()
    assert "".join(title.split()) in "".join(text.split())


def test_the_hostile_site_has_a_cv_all_the_same(hostile: Path, read_pdf: Read) -> None:
    document = describe_cv(load_record(hostile))
    text = read_pdf(typeset_pdf(TEMPLATE, document)).pages[0].extract_text()
    assert "Costs of $5 and $10: from $x^2$ to $$\\int$$" in text
    assert "{{< include /etc/passwd >}}" in text


def test_a_character_that_no_font_has_is_a_note_and_no_error(noether: Path) -> None:
    table = noether / "data" / "awards.yml"
    table.write_text(table.read_text(encoding="utf-8").replace("Memorial", "\U0010fff0"), encoding="utf-8")
    notes = write_cv_files(noether / "out", noether, load_record(noether), Cache(noether / "cache"))
    assert len(notes) == 1
    assert notes[0].startswith("docs/noether_CV.pdf: no font has all of its characters")
    assert not is_accessible((noether / "out" / "docs" / "noether_CV.pdf").read_bytes())


@pytest.mark.parametrize(
    ("tag", "language", "region"), [("en", "en", None), ("de-CH", "de", "CH"), ("zh-Hans", "zh", None)]
)
def test_a_language_tag_is_read(tag: str, language: str, region: str | None) -> None:
    assert describe_language(tag) == {"language": language, "region": region}
