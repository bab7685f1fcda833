"""Typesetting: data stay text, whatever they contain."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pypdf import PdfReader

from octavo.cache import Cache
from octavo.documents import write_documents
from octavo.documents.cv import describe_cv
from octavo.documents.cv_files import TEMPLATE, write_cv_files
from octavo.documents.record import load_record
from octavo.documents.typesetting import TEMPLATES, describe_language, find_template, typeset_pdf
from octavo.errors import OctavoError
from tests.documents.conftest import PDF_UA
from tests.needs import need

Read = Callable[[bytes], PdfReader]

TITLES = [
    '#panic("code") #let x = 1 $x^2$ *bold* _emph_ `raw` = heading',
    "#sys.inputs // comment /* comment */ <label> @reference \\ #[content]",
    '"}] , "injected": true {{ \\u0022 \\" \\n',
    "~ -- --- ... 'single' \"double\" https://example.org",
]


@pytest.mark.parametrize("title", TITLES)
def test_no_text_becomes_markup_or_code(noether: Path, read_pdf: Read, title: str) -> None:
    document = describe_cv(load_record(noether))
    document["sections"][0]["entries"][0]["first"] = [{"text": title}]
    text = read_pdf(typeset_pdf(find_template(noether, TEMPLATE), document)).pages[0].extract_text()
    assert "".join(title.split()) in "".join(text.split())


def test_a_hostile_site_still_has_a_cv(hostile: Path, read_pdf: Read) -> None:
    document = describe_cv(load_record(hostile))
    text = read_pdf(typeset_pdf(find_template(hostile, TEMPLATE), document)).pages[0].extract_text()
    assert "Costs of $5 and $10: from x² to ∫" in text
    assert "{{< include /etc/passwd >}}" in text


def test_a_character_missing_from_all_fonts_is_a_note_and_no_error(noether: Path) -> None:
    table = noether / "data" / "awards.yml"
    table.write_text(table.read_text(encoding="utf-8").replace("Memorial", "\U0010fff0"), encoding="utf-8")
    notes = write_cv_files(noether / "out", noether, load_record(noether), Cache(noether / "cache"))
    assert len(notes) == 1
    assert notes[0].startswith(
        "docs/noether_CV.pdf: no font has \U0010fff0 (unnamed), so there are boxes in their place"
    )
    assert PDF_UA not in (noether / "out" / "docs" / "noether_CV.pdf").read_bytes()


@pytest.mark.parametrize(
    ("tag", "language", "region"), [("en", "en", None), ("de-CH", "de", "CH"), ("zh-Hans", "zh", None)]
)
def test_language_tags_are_parsed(tag: str, language: str, region: str | None) -> None:
    assert describe_language(tag) == {"language": language, "region": region, "direction": "ltr"}


FAILURES = {
    "an error": ('#panic("on purpose")', r"documents/cv\.typ:\d+:1: Typst: panicked with: on purpose"),
    "a picture that isn't there": ('#image("logo.png")', r"documents/cv\.typ:\d+:7: Typst: file not found"),
    "a module that isn't there": ('#import "lib.typ": x', r"documents/cv\.typ:\d+:8: Typst: file not found"),
    "a font that isn't there": (
        '#set text(font: "Garamond")\nText',
        r"documents/cv\.typ:\d+:16: Typst: unknown font family: garamond; put it into documents/fonts/",
    ),
}


@pytest.mark.parametrize("failure", FAILURES)
@pytest.mark.parametrize("template", ["cv.typ", "card.typ"])
def test_a_failed_drawing_names_its_place_and_nothing_is_published_or_cached(
    noether: Path, monkeypatch: pytest.MonkeyPatch, failure: str, template: str
) -> None:
    lines, error = FAILURES[failure]
    (noether / "_site").mkdir()
    (noether / "_site/index.html").write_text("<p>")
    (noether / "index.qmd").write_text("---\ntitle: Emmy Noether\n---\n")
    with (noether / "documents" / template).open("a") as file:
        file.write(f"\n{lines}\n")
    monkeypatch.chdir(noether)
    with pytest.raises(OctavoError, match=error.replace("cv", template[:-4])):
        write_documents(noether / "_site", noether)
    kind, cache = ("*.pdf", "documents") if template == "cv.typ" else ("*.png", "cards")
    assert list((noether / "_site").rglob(kind)) == []
    assert list((noether / ".cache/octavo" / cache).glob("*")) == []


def test_a_template_of_the_site_replaces_that_of_the_toolkit(noether: Path) -> None:
    assert find_template(noether, TEMPLATE).file == noether / "documents/cv.typ"
    (noether / "documents/cv.typ").unlink()
    assert find_template(noether, TEMPLATE).file == TEMPLATES / "cv.typ"
    assert find_template(noether, TEMPLATE).fonts == noether / "documents/fonts"


def test_one_font_of_a_list_is_enough(noether: Path) -> None:
    with (noether / "documents/cv.typ").open("a") as file:
        file.write('\n#set text(font: ("Garamond", "Libertinus Serif"))\nText\n')
        file.write('\n#set text(font: (\n  "Garamond",\n  "Libertinus Serif",\n))\nText\n')
    assert typeset_pdf(find_template(noether, TEMPLATE), describe_cv(load_record(noether))).startswith(b"%PDF-")


def test_a_font_of_the_project_can_be_used(noether: Path, read_pdf: Read) -> None:
    """Even for plain text, for which the machine's fonts aren't searched."""
    fonts = list(Path("/usr/share/fonts").rglob("DejaVuSans.ttf"))
    need("the font DejaVu Sans", bool(fonts), "fonts-dejavu")
    template = noether / "documents/cv.typ"
    (noether / "documents/fonts").mkdir()
    (noether / "documents/fonts/own.ttf").write_bytes(fonts[0].read_bytes())
    template.write_text(template.read_text().replace("font: theme.fonts", 'font: "DejaVu Sans"'))
    pdf = typeset_pdf(find_template(noether, TEMPLATE), describe_cv(load_record(noether)))
    assert b"DejaVuSans" in pdf


def test_an_exception_in_a_thread_that_draws_fails_the_build(noether: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (noether / "_site").mkdir()
    monkeypatch.setattr("octavo.documents.cv_files.typeset_pdf", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        write_documents(noether / "_site", noether)
    assert list(noether.rglob("*.pdf")) == []
